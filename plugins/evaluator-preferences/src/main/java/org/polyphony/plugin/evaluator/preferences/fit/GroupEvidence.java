package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.score.SeatUnits;

/// What models of the groups foretell: the path of shrinkage by held-out judges beside placebo groups.
///
/// @param path strengths λ_d, infinity first
/// @param gains gain over the population at every strength
/// @param chosen index of the strength with the largest gain on held-out judges
/// @param population held-out probability of every row under the population
/// @param groups held-out probability of every row under the groups at the chosen strength
/// @param cellGains gains when each judge has one group an item, at every strength; placebo groups are
///     compared with these
/// @param observed consensus games along the path for the groups as they are
/// @param observedCells the same when each judge has one group an item
/// @param games how many items have a game
/// @param cells how many cells of judge and item carry a group
/// @param judges judges with a group who gave a decided judgment
/// @param placebo the placebo groups
public record GroupEvidence(
        double[] path,
        List<Gain> gains,
        int chosen,
        double[] population,
        double[] groups,
        double[] cellGains,
        List<GamePath.Point> observed,
        List<GamePath.Point> observedCells,
        int games,
        int cells,
        int judges,
        PlaceboGroups placebo) {

    /// The gain at the chosen strength.
    public Gain gain() {
        return gains.get(chosen);
    }

    /// The chosen strength.
    public double strength() {
        return path[chosen];
    }

    /// The largest gain along the path when each judge has one group an item.
    public double bestCellGain() {
        return java.util.Arrays.stream(cellGains).max().orElse(Double.NaN);
    }

    /// Gathers the evidence.
    public static GroupEvidence gather(ScopeJudgments judgments) {
        var settings = judgments.settings();
        Pairs pairs = judgments.pairs();
        double[] path = settings.path();
        FoldPath folds = FoldPath.of(
                pairs, judgments.foldOfJudge(), settings.folds(), settings.ridge(), path, judgments.parallel());
        double[] population = folds.predictPopulation();
        FoldPath.Fits fits = folds.fit(pairs.groupOfRow(), judgments.parallel());
        List<Gain> gains = new ArrayList<>();
        int chosen = 0;
        for (int strength = 0; strength < path.length; strength++) {
            Gain gain = Gain.of(pairs, population, folds.predict(fits, strength), judgments::seated, judgments.draws());
            gains.add(gain);
            chosen = gain.nats().value() > gains.get(chosen).nats().value() ? strength : chosen;
        }
        SeatUnits cells = SeatUnits.of(pairs);
        int[] cellLabels = cells.labels();
        FoldPath.Saved cellSaved = folds.saved(folds.fit(cellLabels, judgments.parallel()));
        double[] cellGains = new double[path.length];
        java.util.Arrays.setAll(cellGains, cellSaved::gain);
        GamePath games = GamePath.of(
                judgments.study(), pairs, judgments.scope().items(), settings.ridge(), path, judgments.parallel());
        PlaceboGroups placebo = PlaceboGroups.draw(judgments, cells, folds, games, chosen, settings.placeboGameDraws());
        int judges = judgments.judges(judgments::seated);
        return new GroupEvidence(
                path,
                gains,
                chosen,
                population,
                folds.predict(fits, chosen),
                cellGains,
                games.points(pairs.groupOfRow(), judgments.parallel()),
                games.points(cellLabels, judgments.parallel()),
                games.games(),
                cells.size(),
                judges,
                placebo);
    }
}
