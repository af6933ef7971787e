/// Voting rules with declared axioms.
@NullMarked
package org.polyphony.plugin.algorithm.socialchoice;

import org.jspecify.annotations.NullMarked;
