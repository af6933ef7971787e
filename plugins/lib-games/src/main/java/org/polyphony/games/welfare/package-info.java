/// Cooperative solutions of preference games: one policy chosen for all stakeholders, without deviations.
@NullMarked
package org.polyphony.games.welfare;

import org.jspecify.annotations.NullMarked;
