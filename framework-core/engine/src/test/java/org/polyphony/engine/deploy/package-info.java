@NullMarked
package org.polyphony.engine.deploy;

import org.jspecify.annotations.NullMarked;
