/// Tests of opinion groups.
@NullMarked
package org.polyphony.preferences.group;

import org.jspecify.annotations.NullMarked;
