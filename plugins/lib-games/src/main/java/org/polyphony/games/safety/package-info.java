/// Preference games in which some candidates are unsafe.
@NullMarked
package org.polyphony.games.safety;

import org.jspecify.annotations.NullMarked;
