/// Voting rules as an alignment algorithm: a formulation per rule.
@NullMarked
package org.polyphony.plugin.algorithm.socialchoice;

import org.jspecify.annotations.NullMarked;
