/// Tests of what is fitted and held out.
@NullMarked
package org.polyphony.plugin.evaluator.preferences.fit;

import org.jspecify.annotations.NullMarked;
