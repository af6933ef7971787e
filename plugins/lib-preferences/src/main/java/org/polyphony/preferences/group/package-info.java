/// Groups of people found in their votes, and how much they explain about votes they were not found in.
@NullMarked
package org.polyphony.preferences.group;

import org.jspecify.annotations.NullMarked;
