@NullMarked
package org.polyphony.plugin.encoder.http.client;

import org.jspecify.annotations.NullMarked;
