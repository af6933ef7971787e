/// Tests of the group package.
@NullMarked
package org.polyphony.preferences.group;

import org.jspecify.annotations.NullMarked;
