/// What policies do for people: held-out utility, deviations, homogeneity, winners under resampling,
/// recovered truth.
@NullMarked
package org.polyphony.plugin.evaluator.preferences.policy;

import org.jspecify.annotations.NullMarked;
