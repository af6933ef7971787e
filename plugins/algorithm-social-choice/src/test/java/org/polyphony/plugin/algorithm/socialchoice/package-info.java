/// Tests of the social-choice bundle: the contract of its role, ballots and masks, and the page that lists
/// its axioms.
@NullMarked
package org.polyphony.plugin.algorithm.socialchoice;

import org.jspecify.annotations.NullMarked;
