/// Tests of `engine.result`.
@NullMarked
package org.polyphony.engine.result;

import org.jspecify.annotations.NullMarked;
