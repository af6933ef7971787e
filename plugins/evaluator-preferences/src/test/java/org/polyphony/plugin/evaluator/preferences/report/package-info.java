/// Tests of what is reported.
@NullMarked
package org.polyphony.plugin.evaluator.preferences.report;

import org.jspecify.annotations.NullMarked;
