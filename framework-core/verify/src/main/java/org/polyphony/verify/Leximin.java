package org.polyphony.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The largest unilateral gain is as small as possible, then, without giving that up, the largest gain of the others,
/// and so on.
///
/// Level by level: with ε the largest gain g_s = max_i (A_s π)_i of those still free and ν ≥ 0 with mass m
/// on them, no policy that keeps the decided stakeholders at their ε_s gets below min_j Σ ν\[s,i\]
/// A_s\[i,j\] / m − Σ_decided |ν_s| ε_s / m. What ε exceeds that by is the level's gap. Those with at least
/// [#DECIDING] of m are decided at ε; none of them gains less in any such policy by more than the level's
/// gap over its share of m.
///
/// `levels` is ε of each level, falling; `undecided` says how many stakeholders no level decides, 0 for a complete
/// proof. The gap is the largest of the levels' gaps over the smallest share they decide by, infinite if anybody is
/// undecided.
final class Leximin implements Certifier {

    private static final Wording WORDING = new Wording(
            "leximin",
            "The smallest largest gain, then the second largest",
            "the largest gain by deviating is as small as possible, then the second largest, and so on.",
            "how far any stakeholder's gain is above what the duals of its level prove unavoidable");

    /// The share of a level's duals from which on a stakeholder is decided by it.
    private static final double DECIDING = 1e-4;

    @Override
    public Wording wording() {
        return WORDING;
    }

    @Override
    public Evidence evidence() {
        return Evidence.LEVELS;
    }

    @Override
    public Certificate certify(PreferenceGame game, Claim claim) {
        var inputs = InputChecks.of(game);
        inputs.checkPolicy("the policy", claim.policy());
        var proofs = claim.duals().stream().filter(Leximin::hasMass).toList();
        proofs.forEach(inputs::checkDuals);
        if (!inputs.valid()) {
            return Certificate.rejected(game, inputs.violations());
        }
        int s = game.stakeholders();
        var deployment = Deployment.of(game, claim.policy());
        var decided = new double[s];
        Arrays.fill(decided, Double.NaN);
        var values = new double[proofs.size()];
        double gap = 0;
        for (int level = 0; level < proofs.size(); level++) {
            double[][] duals = proofs.get(level);
            double[] shares = Advantages.shares(duals);
            double free = 0;
            double largest = Double.NEGATIVE_INFINITY;
            var given = new Sums();
            for (int n = 0; n < s; n++) {
                if (Double.isNaN(decided[n])) {
                    free += shares[n];
                    largest = Math.max(largest, deployment.unilateralGain().get(n));
                } else {
                    given.addProduct(shares[n], decided[n]);
                }
            }
            values[level] = largest;
            double excess = largest - (Advantages.dualBound(game, duals) - given.value()) / free;
            for (int n = 0; n < s; n++) {
                if (Double.isNaN(decided[n]) && shares[n] > DECIDING * free) {
                    decided[n] = largest;
                    gap = Math.max(gap, excess * free / shares[n]);
                }
            }
        }
        double undecided = Arrays.stream(decided).filter(Double::isNaN).count();
        return Certificate.of(
                Certificate.Gaps.optimum(
                        undecided > 0 ? Double.POSITIVE_INFINITY : gap, Certificate.ROUNDING / DECIDING),
                deployment,
                Map.of("levels", Sums.list(values), "undecided", List.of(undecided)));
    }

    private static boolean hasMass(double[][] duals) {
        return Arrays.stream(duals).flatMapToDouble(Arrays::stream).anyMatch(value -> value != 0);
    }
}
