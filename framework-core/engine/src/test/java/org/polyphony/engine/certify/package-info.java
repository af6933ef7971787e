/// Tests of `engine.certify`.
@NullMarked
package org.polyphony.engine.certify;

import org.jspecify.annotations.NullMarked;
