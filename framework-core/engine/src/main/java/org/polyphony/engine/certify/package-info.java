/// Carries games and policies to the verifier and its certificates back.
@NullMarked
package org.polyphony.engine.certify;

import org.jspecify.annotations.NullMarked;
