package org.polyphony.engine.game;

import java.util.OptionalDouble;

/// How explicit games are solved.
///
/// @param formulation which game is played
/// @param algorithm id of the plugin that solves it
/// @param tau regularisation, > 0; absent means the algorithm's
/// @param seed of all randomness
public record SolveRequest(String formulation, String algorithm, OptionalDouble tau, long seed) {}
