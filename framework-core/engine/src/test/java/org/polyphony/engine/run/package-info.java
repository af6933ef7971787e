/// Tests of `engine.run`.
@NullMarked
package org.polyphony.engine.run;

import org.jspecify.annotations.NullMarked;
