/// Evidence about groups: held-out fit, placebo groups, the path of shrinkage, cycles.
@NullMarked
package org.polyphony.plugin.evaluator.preferences.fit;

import org.jspecify.annotations.NullMarked;
