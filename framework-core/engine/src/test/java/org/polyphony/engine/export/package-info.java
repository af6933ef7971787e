/// Tests of `engine.export`.
@NullMarked
package org.polyphony.engine.export;

import org.jspecify.annotations.NullMarked;
