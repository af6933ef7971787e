package org.polyphony.engine.run;

import java.util.HashMap;
import java.util.Map;
import org.polyphony.engine.game.GameAssembly;
import org.polyphony.engine.game.RankingBallots;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.tensor.Tensor;

/// The games of items left out, as profiles predict them that have learned nothing about those items. Those of a fold
/// are predicted once, for all policies.
final class PredictedGames {

    private final StudyPlan plan;
    private final Stages stages;
    private final FitRequest learned;
    private final PreferRequest asked;
    private final GameAssembly.Playable playable;
    private final Map<Integer, PreferenceGames> ofFold = new HashMap<>();

    /// @param learned what the study's own profiles are fitted to
    /// @param asked what they are asked
    PredictedGames(
            StudyPlan plan, Stages stages, FitRequest learned, PreferRequest asked, GameAssembly.Playable playable) {
        this.plan = plan;
        this.stages = stages;
        this.learned = learned;
        this.asked = asked;
        this.playable = playable;
    }

    /// All games, of which those of the fold's items are predicted; nobody ranked anything there.
    PreferenceGames of(Folds folds, int fold) {
        var known = ofFold.get(fold);
        if (known == null) {
            known = predict(folds, fold);
            ofFold.put(fold, known);
        }
        return known;
    }

    private PreferenceGames predict(Folds folds, int fold) {
        var judgments = learned.judgments();
        var profiler = plan.people().profiler().orElseThrow();
        var weights = learned.weights().toDoubles();
        for (int n = 0; n < weights.length; n++) {
            if (folds.foldOfItem()[judgments.item(n)] == fold) {
                weights[n] = 0;
            }
        }
        var others = new FitRequest(learned.data(), Tensor.ofDoubles(weights, weights.length), learned.seating());
        var estimate = stages.prefer(profiler, stages.fit(profiler, others), asked);
        var none = Tensor.ofDoubles(new double[weights.length], weights.length);
        return GameAssembly.games(
                estimate,
                judgments.candidates(),
                plan.people().seats().weights(),
                playable,
                learned.data().features(),
                RankingBallots.of(judgments, none, learned.seating()));
    }
}
