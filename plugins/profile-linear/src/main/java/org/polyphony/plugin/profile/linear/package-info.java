/// Value profiles on features of answers, of a population, its seats and its persons: one bundle, private.
@NullMarked
package org.polyphony.plugin.profile.linear;

import org.jspecify.annotations.NullMarked;
