package org.polyphony.verify;

import java.util.List;
import java.util.Map;

/// One policy that leaves every stakeholder as little to gain as possible.
///
/// The gap is ε - `bound`, where ε = max_s max_i (A_s π)_i is [Deployment#largestGain()] and no policy reaches less
/// than `bound` = min_j Σ_{s,i} ν_{s,i} A_s[i,j] over the allowed candidates. Without duals the bound is 0, which
/// always holds: max_i (Aπ)_i ≥ <π, Aπ> = 0 for every policy and stakeholder.
final class Consensus implements Certifier {

    private static final Wording WORDING = new Wording(
            "consensus",
            "The smallest largest gain",
            "the largest gain any one stakeholder could make by deviating is as small as possible.",
            "how far the largest gain of any one stakeholder is above what the duals prove unavoidable");

    @Override
    public Wording wording() {
        return WORDING;
    }

    @Override
    public Evidence evidence() {
        return Evidence.DUALS;
    }

    @Override
    public boolean evidenceOptional() {
        return true;
    }

    @Override
    public Certificate certify(PreferenceGame game, Claim claim) {
        boolean proof = !claim.duals().isEmpty();
        var inputs = InputChecks.of(game);
        inputs.checkPolicy("the policy", claim.policy());
        if (proof) {
            inputs.checkDuals(claim.nu());
        }
        if (!inputs.valid()) {
            return Certificate.rejected(game, inputs.violations());
        }
        double bound = proof ? Advantages.dualBound(game, claim.nu()) : 0;
        var deployment = Deployment.of(game, claim.policy());
        return Certificate.of(
                Certificate.Gaps.optimum(deployment.largestGain() - bound, Certificate.ROUNDING),
                deployment,
                Map.of("bound", List.of(bound)));
    }
}
