package org.polyphony.plugin.evaluator.preferences.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.polyphony.games.PopulationSolver;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.plugin.evaluator.preferences.study.ItemGame;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.model.WinCounts;

/// Trivial policies that every other is compared with, made from some judges' judgments: `uniform`;
/// `longest`, the allowed candidate of most words; `borda`, of the largest score a comparison; `copeland`, of
/// most majorities won less lost; `population-model`, the lottery of a model without groups. Ties go to the
/// lowest index. Borda and Copeland here count pairwise judgments; nobody's ballot is guessed.
public final class BaselinePolicies {
    /// Every allowed candidate is as likely.
    public static final String UNIFORM = "uniform";
    /// The longest text.
    public static final String LONGEST = "longest";
    /// The winner of Borda’s count.
    public static final String BORDA = "borda";
    static final String COPELAND = "copeland";
    static final String POPULATION_MODEL = "population-model";

    private final EvaluatedStudy study;
    /// how each is called in this study
    private final Map<String, String> names = new LinkedHashMap<>();

    /// Baselines of a study. One that is called as a policy of the study is has `baseline` before its name.
    public BaselinePolicies(EvaluatedStudy study) {
        this.study = study;
        for (String baseline : List.of(UNIFORM, LONGEST, BORDA, COPELAND, POPULATION_MODEL)) {
            boolean taken =
                    study.deployed().containsKey(baseline) || study.halved().containsKey(baseline);
            names.put(baseline, taken ? "baseline " + baseline : baseline);
        }
    }

    /// How a baseline is called in this study.
    public String name(String baseline) {
        return names.getOrDefault(baseline, baseline);
    }

    /// What every policy is compared with, as called in this study.
    Set<String> names() {
        return new LinkedHashSet<>(names.values());
    }

    /// Baselines about one item that need no model.
    private Map<String, double[]> baselines(int item, ItemGame game, WinCounts counts, boolean texts) {
        Map<String, double[]> policies = new LinkedHashMap<>();
        policies.put(UNIFORM, game.uniform());
        if (texts) {
            policies.put(
                    LONGEST,
                    best(game, Arrays.stream(study.words(item)).asDoubleStream().toArray()));
        }
        double[] score = new double[game.candidates()];
        double[] judged = new double[game.candidates()];
        double[] majorities = new double[game.candidates()];
        for (int e = 0; e < counts.size(); e++) {
            int i = counts.low(e);
            int j = counts.high(e);
            double total = counts.lowWins(e) + counts.highWins(e);
            score[i] += counts.lowWins(e);
            score[j] += counts.highWins(e);
            judged[i] += total;
            judged[j] += total;
            double won = Math.signum(counts.lowWins(e) - counts.highWins(e));
            majorities[i] += won;
            majorities[j] -= won;
        }
        for (int i = 0; i < score.length; i++) {
            // a candidate that nobody compared has no score to be best with
            score[i] = judged[i] > 0 ? score[i] / judged[i] : Double.NEGATIVE_INFINITY;
        }
        policies.put(BORDA, best(game, score));
        policies.put(COPELAND, best(game, majorities));
        return policies;
    }

    /// All baselines about the items in scope, from judges of weight above zero: name → item → probabilities.
    ///
    /// @param model fitted to these judges
    Map<String, List<Optional<double[]>>> baselines(
            Pairs pairs, double[] weightOfJudge, int[] items, StrengthsModel model) {
        var all = baselines(pairs, weightOfJudge, items);
        all.putAll(byItem(items, (item, game) -> {
            double[] alone = model.strengths(item, Pairs.NO_GROUP).matrix();
            return Map.of(
                    POPULATION_MODEL,
                    new PopulationSolver().solve(alone, game.allowed()).policy());
        }));
        return all;
    }

    /// The baselines that need no model, from judges of weight above zero: name → item → probabilities.
    Map<String, List<Optional<double[]>>> baselines(Pairs pairs, double[] weightOfJudge, int[] items) {
        WinCounts[] counts = WinCounts.of(pairs.reweighted(weightOfJudge), Ties.HALF);
        boolean texts = Arrays.stream(items)
                .allMatch(item -> Arrays.stream(study.words(item)).anyMatch(words -> words > 0));
        return byItem(items, (item, game) -> baselines(item, game, counts[item], texts));
    }

    private Map<String, List<Optional<double[]>>> byItem(
            int[] items, BiFunction<Integer, ItemGame, Map<String, double[]>> make) {
        Map<String, List<Optional<double[]>>> all = new LinkedHashMap<>();
        for (int item : items) {
            study.game(item)
                    .ifPresent(game -> make.apply(item, game)
                            .forEach((name, policy) -> all.computeIfAbsent(
                                            name(name),
                                            n -> new ArrayList<>(Collections.nCopies(
                                                    study.items().size(), Optional.empty())))
                                    .set(item, Optional.of(policy))));
        }
        return all;
    }

    private static double[] best(ItemGame game, double[] figure) {
        int best = game.allowed().index(0);
        for (int i = 1; i < game.allowed().count(); i++) {
            int candidate = game.allowed().index(i);
            best = figure[candidate] > figure[best] ? candidate : best;
        }
        double[] policy = new double[game.candidates()];
        policy[best] = 1;
        return policy;
    }
}
