/// What a study may claim about models, groups and policies: held-out scores, judge bootstraps, placebo
/// groups, cycles.
@NullMarked
package org.polyphony.preferences.score;

import org.jspecify.annotations.NullMarked;
