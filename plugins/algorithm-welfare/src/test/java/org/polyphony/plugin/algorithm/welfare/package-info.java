/// The plugin against its contract, the verifier and wrong answers.
@NullMarked
package org.polyphony.plugin.algorithm.welfare;

import org.jspecify.annotations.NullMarked;
