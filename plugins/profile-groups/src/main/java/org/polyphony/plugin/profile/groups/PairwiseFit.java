package org.polyphony.plugin.profile.groups;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.TrainingJudgments;
import org.polyphony.preferences.model.LaplacePosterior;
import org.polyphony.preferences.model.ModelSpec;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.model.WinCounts;
import org.polyphony.preferences.score.CrossValidation;
import org.polyphony.preferences.score.Gain;
import org.polyphony.preferences.score.Interval;
import org.polyphony.preferences.score.ShrinkagePath;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;

/// Fits utilities, and planes of circular preference where held-out judges ask for them, to pairs.
final class PairwiseFit {
    /// Draws of the judge bootstrap that decides whether cycles are believed.
    private static final int DRAWS = 400;

    private final GroupsSettings settings;
    private final Pairs pairs;
    private final int[] folds;
    private final PluginContext context;
    private final Parallel parallel;
    private final Map<String, String> notes = new TreeMap<>();

    private PairwiseFit(GroupsSettings settings, TrainingJudgments training, PluginContext context) {
        this.settings = settings;
        this.pairs = training.pairs();
        this.folds = training.folds(settings.folds());
        this.context = context;
        this.parallel = TrainingJudgments.loops(context);
    }

    static SeatPreferences fit(
            ProfileModel model, GroupsSettings settings, TrainingJudgments training, PluginContext context) {
        return new PairwiseFit(settings, training, context).fit(model);
    }

    private SeatPreferences fit(ProfileModel model) {
        context.progress(0, 4);
        double shrinkage = settings.shrinkage().isChosen()
                ? ShrinkagePath.choose(
                        pairs,
                        folds,
                        settings.folds(),
                        settings.ridge(),
                        settings.ties(),
                        settings.shrinkage().path(),
                        parallel)
                : settings.shrinkage().fixed();
        context.progress(1, 4);
        double planeRidge = model == ProfileModel.BRADLEY_TERRY ? 0 : planeRidge(model);
        context.progress(2, 4);
        ModelSpec spec = planeRidge > 0
                ? new ModelSpec.SkewBilinear(
                        settings.planes().planes(), settings.ridge(), planeRidge, shrinkage, settings.ties())
                : new ModelSpec.ShrunkGroups(settings.ridge(), shrinkage, settings.ties());
        notes.put("model", planeRidge > 0 ? "skew-bilinear" : "bradley-terry");
        notes.put("shrinkage", Double.toString(shrinkage));
        notes.put("ridge", Double.toString(settings.ridge()));
        notes.put("ties", settings.ties() == Ties.HALF ? "half" : "drop");
        context.report(Issue.note(
                "PROFILE_MODEL",
                "fitted " + notes.get("model") + " to " + pairs.size() + " comparisons; groups are shrunk to the"
                        + " population with strength " + shrinkage
                        + (settings.shrinkage().isChosen() ? ", chosen by held-out judges" : ", as set"),
                ""));
        var fitted = (StrengthsModel) spec.fit(pairs, parallel);
        context.progress(3, 4);
        SeatPreferences preferences = preferences(fitted, shrinkage, planeRidge);
        context.progress(4, 4);
        return preferences;
    }

    /// The strength of planes that held-out judges like best; zero where `AUTO` finds that their gain may
    /// be nothing.
    private double planeRidge(ProfileModel model) {
        double[] base = CrossValidation.predict(
                pairs, folds, settings.folds(), new ModelSpec.Population(settings.ridge(), settings.ties()), parallel);
        List<Double> strongestFirst = settings.planes().planeRidges().stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        double chosen = strongestFirst.getFirst();
        Interval best = new Interval(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
        for (double ridge : strongestFirst) {
            // whether there are cycles is asked of everybody; groups would only blur the answer
            double[] cyclic = CrossValidation.predict(
                    pairs,
                    folds,
                    settings.folds(),
                    new ModelSpec.SkewBilinear(
                            settings.planes().planes(),
                            settings.ridge(),
                            ridge,
                            Double.POSITIVE_INFINITY,
                            settings.ties()),
                    parallel);
            Interval gain = Gain.of(pairs, base, cyclic, _ -> true, DRAWS, context.seed())
                    .nats();
            // weaker planes cost more time and, past the best strength, only follow noise further
            if (gain.value() <= best.value()) {
                break;
            }
            best = gain;
            chosen = ridge;
        }
        notes.put("cycle-gain", best.value() + " [" + best.low() + ", " + best.high() + "]");
        notes.put("plane-ridge", Double.toString(chosen));
        return model == ProfileModel.SKEW_BILINEAR || best.low() > 0 ? chosen : 0;
    }

    private SeatPreferences preferences(StrengthsModel fitted, double shrinkage, double planeRidge) {
        WinCounts[] everybody = WinCounts.of(pairs, settings.ties());
        WinCounts[][] own = WinCounts.byGroup(pairs, settings.ties());
        WinCounts[][] compared = WinCounts.byGroup(pairs, Ties.HALF);
        int seats = pairs.groups();
        List<double[][][]> items = parallel.map(pairs.items(), item -> {
            Strengths population = fitted.strengths(item, Pairs.NO_GROUP);
            LaplacePosterior around =
                    LaplacePosterior.ofPopulation(everybody[item], population, settings.ridge(), planeRidge);
            double[][][] ofItem = new double[4][seats][];
            for (int s = 0; s < seats; s++) {
                Strengths strengths = fitted.strengths(item, s);
                ofItem[0][s] = strengths.matrix();
                ofItem[1][s] = LaplacePosterior.ofGroup(around, own[s][item], strengths, shrinkage)
                        .deviations();
                ofItem[2][s] = compared[s][item].comparisons();
                ofItem[3][s] = strengths.theta();
            }
            return ofItem;
        });
        return new SeatPreferences(
                column(items, 0),
                column(items, 1),
                column(items, 2),
                // utilities are not all there is to preferences that go in circles
                planeRidge > 0 ? Optional.empty() : Optional.of(column(items, 3)),
                notes);
    }

    private static double[][][] column(List<double[][][]> items, int which) {
        return items.stream().map(item -> item[which]).toArray(double[][][]::new);
    }
}
