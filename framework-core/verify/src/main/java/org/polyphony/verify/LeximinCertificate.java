package org.polyphony.verify;

import java.util.List;

/// The certificate of the `leximin` formulation: the largest unilateral gain is as small as possible, then,
/// without giving that up, the largest gain of the others, and so on.
///
/// Level by level: with ε the largest gain g_s = max_i (A_s π)_i of those still free and ν ≥ 0 with mass m
/// on them, no policy that keeps the decided stakeholders at their ε_s gets below min_j Σ ν\[s,i\]
/// A_s\[i,j\] / m − Σ_decided |ν_s| ε_s / m. What ε exceeds that by is the level's gap. Those with at least
/// [#DECIDING] of m are decided at ε; none of them gains less in any such policy by more than the level's
/// gap over its share of m.
///
/// @param levels ε of each level, falling
/// @param undecided how many stakeholders no level decides; 0 for a complete proof
/// @param gap the largest of the levels' gaps over the smallest share they decide by, infinite if anybody
///     is undecided
/// @param deployment what the policy means to each stakeholder
/// @param violations why the result is rejected
public record LeximinCertificate(
        List<Double> levels, int undecided, double gap, Deployment deployment, List<Violation> violations)
        implements Certificate {

    /// The share of a level's duals from which on a stakeholder is decided by it.
    public static final double DECIDING = 1e-4;

    public LeximinCertificate {
        levels = List.copyOf(levels);
        violations = List.copyOf(violations);
    }

    @Override
    public double residual() {
        return gap;
    }

    @Override
    public double rounding() {
        return ROUNDING / DECIDING;
    }
}
