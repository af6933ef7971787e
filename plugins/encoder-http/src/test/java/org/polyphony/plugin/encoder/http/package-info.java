@NullMarked
package org.polyphony.plugin.encoder.http;

import org.jspecify.annotations.NullMarked;
