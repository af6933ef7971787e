/// Tests of the value profiles on features.
@NullMarked
package org.polyphony.plugin.profile.linear;

import org.jspecify.annotations.NullMarked;
