/// Tests of `engine.trajectory`.
@NullMarked
package org.polyphony.engine.trajectory;

import org.jspecify.annotations.NullMarked;
