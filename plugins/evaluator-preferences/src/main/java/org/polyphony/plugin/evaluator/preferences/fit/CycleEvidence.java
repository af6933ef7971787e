package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.score.CrossValidation;
import org.polyphony.preferences.score.Gain;

/// Whether preferences that go round in circles are foretold by a model that can hold them.
///
/// @param ridges ridges of the planes that were tried
/// @param populationGains gain of a cycle-capable population over the population, on all judgments, at
///     every ridge
/// @param chosen index of the ridge with the largest gain
/// @param groupGain gain of cycle-capable groups over groups without cycles, at that ridge and the groups'
///     strength
/// @param predicted held-out probability of every row under the cycle-capable groups
public record CycleEvidence(
        List<Double> ridges, List<Gain> populationGains, int chosen, Gain groupGain, double[] predicted) {

    /// Planes that shrink to nothing leave differences of this size between two fits of the same model.
    private static final double ROUNDING = 1e-6;

    /// Whether a cycle-capable model may be used: only where the interval of its gain lies above zero.
    public boolean used() {
        return populationGains.get(chosen).nats().low() > ROUNDING
                || groupGain.nats().low() > ROUNDING;
    }

    /// Gathers the evidence.
    public static CycleEvidence gather(ScopeJudgments judgments, GroupEvidence groups) {
        var ridges = judgments.settings().cycles().cycleRidges();
        List<Gain> gains = new ArrayList<>();
        int chosen = 0;
        for (double ridge : ridges) {
            double[] predicted = predict(judgments, ridge, Double.POSITIVE_INFINITY);
            gains.add(Gain.of(
                    judgments.pairs(),
                    groups.population(),
                    predicted,
                    row -> true,
                    judgments.resampling().draws()));
            int last = gains.size() - 1;
            chosen = gains.get(last).nats().value() > gains.get(chosen).nats().value() ? last : chosen;
        }
        double[] predicted = predict(judgments, ridges.get(chosen), groups.strength());
        Gain groupGain = Gain.of(
                judgments.pairs(),
                groups.groups(),
                predicted,
                judgments::seated,
                judgments.resampling().draws());
        return new CycleEvidence(ridges, gains, chosen, groupGain, predicted);
    }

    private static double[] predict(ScopeJudgments judgments, double planeRidge, double shrinkage) {
        var settings = judgments.settings();
        var spec = new ModelSpec.SkewBilinear(
                settings.cycles().cyclePlanes(), settings.models().ridge(), planeRidge, shrinkage, Ties.DROP);
        return CrossValidation.predict(
                judgments.pairs(), judgments.resampling().foldOfJudge(), settings.folds(), spec, judgments.parallel());
    }
}
