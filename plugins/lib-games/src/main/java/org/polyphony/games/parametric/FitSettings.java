package org.polyphony.games.parametric;

/// How a policy is fitted: settings of any plugin that does, as a group of its own.
///
/// @param descent the rounds and their steps
/// @param stop when the fit has converged
/// @param batches how one step is minimised where it is not solved exactly
public record FitSettings(MirrorDescent descent, EarlyStop stop, Minibatches batches) {}
