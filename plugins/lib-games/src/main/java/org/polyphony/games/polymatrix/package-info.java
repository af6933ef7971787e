/// The stakeholder game without regularisation, solved exactly, and the population map of multiplayer
/// preference optimisation.
@NullMarked
package org.polyphony.games.polymatrix;

import org.jspecify.annotations.NullMarked;
