/// The parametric policy of Nash-DPO: π_θ(y|x) ∝ μ(y|x) exp(f_θ(φ(x, y))) on plain arrays, fitted to the
/// equilibrium of preference games with the K × K tensor loss and COMAL's moving reference, so that it
/// answers candidates that no game was played over.
///
/// The fit minimises a loss over features that rarely can express an equilibrium exactly: what it reaches
/// has a gap, on the games it was fitted to and a larger one on others. It never claims otherwise.
@NullMarked
package org.polyphony.games.parametric;

import org.jspecify.annotations.NullMarked;
