package org.polyphony.games.kernel;

/// Runs mirror descent on games of one size, each game from its first to its last update before the next begins, so
/// that its payoffs are read from the nearest cache. One update of a policy π with reference μ is
///
///     log π⁺ = N((1 − step τ) log π + step τ log μ + step P π),     N subtracts the log of the total mass,
///
/// which is MWU at τ = 0 and INPO above. Adding a constant to a row of logits changes nothing after N, so P may be
/// replaced by its skew part A = (P − Pᵀ) / 2.
///
/// Implementations are stateless and may be called from many threads; what they compute for one game does not depend
/// on the games around it, nor on where a bucket is cut.
public interface MirrorDescentKernel {

    /// What results and log lines call it: `reference` or `vector`.
    String name();

    /// Replaces the policies of games `from` (included) to `to` (excluded) by what the updates make of them.
    ///
    /// @param bucket valid by construction; its policies are written, everything else is read
    void iterate(MirrorDescent updates, KernelBatch bucket, int from, int to);
}
