/// Tests of how policies are compared.
@NullMarked
package org.polyphony.plugin.evaluator.preferences.policy;

import org.jspecify.annotations.NullMarked;
