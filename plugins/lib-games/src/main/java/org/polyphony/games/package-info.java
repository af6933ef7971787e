/// Solvers of preference games on plain arrays: population, stakeholder and consensus equilibria, with the gap that
/// each one reached.
@NullMarked
package org.polyphony.games;

import org.jspecify.annotations.NullMarked;
