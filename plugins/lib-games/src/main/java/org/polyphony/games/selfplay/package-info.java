/// The two-player family: what a policy becomes when it plays against itself, one small rule per published
/// algorithm, and COMAL around them. All of them speak of `step`, which multiplies the preference, and `tau`,
/// the weight of the KL divergence from the reference policy.
@NullMarked
package org.polyphony.games.selfplay;

import org.jspecify.annotations.NullMarked;
