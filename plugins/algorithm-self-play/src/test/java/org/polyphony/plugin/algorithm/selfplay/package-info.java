/// Tests of the self-play bundle: the contract of its role for each algorithm, and what they claim.
@NullMarked
package org.polyphony.plugin.algorithm.selfplay;

import org.jspecify.annotations.NullMarked;
