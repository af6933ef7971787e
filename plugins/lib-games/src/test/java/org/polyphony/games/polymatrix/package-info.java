/// Tests of the game solvers against published numbers, exact arithmetic and the properties every
/// equilibrium has.
@NullMarked
package org.polyphony.games.polymatrix;

import org.jspecify.annotations.NullMarked;
