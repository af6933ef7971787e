package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.score.Gain;
import org.polyphony.preferences.score.SeatUnits;

/// What models of the groups foretell: the path of shrinkage by held-out judges beside placebo groups.
///
/// @param path the gain over the population at every strength
/// @param population held-out probability of every row under the population
/// @param groups held-out probability of every row under the groups at the chosen strength
/// @param cells what is gained when each judge has one group an item; placebo groups are compared with these
/// @param games consensus games along the path
/// @param judges judges with a group who gave a decided judgment
/// @param placebo the placebo groups
public record GroupEvidence(
        GainPath path,
        double[] population,
        double[] groups,
        Cells cells,
        Games games,
        int judges,
        PlaceboGroups placebo) {

    /// Gains along the path of shrinkage.
    ///
    /// @param strengths λ_d, infinity first
    /// @param gains gain over the population at every strength
    /// @param chosen index of the strength with the largest gain on held-out judges
    public record GainPath(double[] strengths, List<Gain> gains, int chosen) {}

    /// Cells of judge and item.
    ///
    /// @param count how many carry a group
    /// @param gains gain over the population at every strength, when each judge has one group an item
    public record Cells(int count, double[] gains) {

        /// The largest gain along the path.
        double best() {
            return Arrays.stream(gains).max().orElse(Double.NaN);
        }
    }

    /// Consensus games along the path of shrinkage.
    ///
    /// @param count how many items have a game
    /// @param observed for the groups as they are
    /// @param observedCells when each judge has one group an item
    public record Games(int count, List<GamePath.Point> observed, List<GamePath.Point> observedCells) {}

    /// The gain at the chosen strength.
    public Gain gain() {
        return path.gains().get(path.chosen());
    }

    /// The chosen strength.
    public double strength() {
        return path.strengths()[path.chosen()];
    }

    /// Gathers the evidence.
    public static GroupEvidence gather(ScopeJudgments judgments) {
        var settings = judgments.settings();
        Pairs pairs = judgments.pairs();
        double[] path = settings.models().path();
        FoldPath folds = FoldPath.of(
                pairs,
                judgments.resampling().foldOfJudge(),
                settings.folds(),
                settings.models().ridge(),
                path,
                judgments.parallel());
        double[] population = folds.predictPopulation();
        FoldPath.Fits fits = folds.fit(pairs.groupOfRow(), judgments.parallel());
        List<Gain> gains = new ArrayList<>();
        int chosen = 0;
        for (int strength = 0; strength < path.length; strength++) {
            Gain gain = Gain.of(
                    pairs,
                    population,
                    folds.predict(fits, strength),
                    judgments::seated,
                    judgments.resampling().draws());
            gains.add(gain);
            chosen = gain.nats().value() > gains.get(chosen).nats().value() ? strength : chosen;
        }
        SeatUnits cells = SeatUnits.of(pairs);
        int[] cellLabels = cells.labels();
        FoldPath.Saved cellSaved = folds.saved(folds.fit(cellLabels, judgments.parallel()));
        double[] cellGains = new double[path.length];
        Arrays.setAll(cellGains, cellSaved::gain);
        GamePath games = GamePath.of(
                judgments.study(),
                pairs,
                judgments.scope().items(),
                settings.models().ridge(),
                path,
                judgments.parallel());
        PlaceboGroups placebo = PlaceboGroups.draw(
                judgments, cells, folds, games, chosen, settings.draws().placeboGameDraws());
        int judges = judgments.judges(judgments::seated);
        return new GroupEvidence(
                new GainPath(path, gains, chosen),
                population,
                folds.predict(fits, chosen),
                new Cells(cells.size(), cellGains),
                new Games(
                        games.games(),
                        games.points(pairs.groupOfRow(), judgments.parallel()),
                        games.points(cellLabels, judgments.parallel())),
                judges,
                placebo);
    }
}
