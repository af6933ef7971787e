/// Tests of the group profiler.
@NullMarked
package org.polyphony.plugin.profile.groups;

import org.jspecify.annotations.NullMarked;
