/// What an evaluation request says, as plain arrays by item.
@NullMarked
package org.polyphony.plugin.evaluator.preferences.study;

import org.jspecify.annotations.NullMarked;
