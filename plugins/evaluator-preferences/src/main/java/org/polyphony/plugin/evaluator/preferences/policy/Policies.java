package org.polyphony.plugin.evaluator.preferences.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.polyphony.games.ConsensusSolver;
import org.polyphony.games.OpponentMixing;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.StakeholderSolver;
import org.polyphony.games.Strategies;
import org.polyphony.games.welfare.GroupRobust;
import org.polyphony.games.welfare.Leximin;
import org.polyphony.games.welfare.MaxMin;
import org.polyphony.games.welfare.NashBargaining;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.plugin.evaluator.preferences.study.ItemGame;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.model.StrengthsModel;
import org.polyphony.preferences.model.WinCounts;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;

/// Policies made from some judges' judgments: the formulations that can be solved here, and the trivial
/// baselines.
///
/// Baselines: `uniform`; `longest`, the allowed candidate of most words; `borda`, of the largest score a
/// comparison; `copeland`, of most majorities won less lost; `population-model`, the lottery of a model
/// without groups. Ties go to the lowest index. Borda and Copeland here count pairwise judgments; nobody's
/// ballot is guessed.
public final class Policies {
    /// Every allowed candidate is as likely.
    public static final String UNIFORM = "uniform";
    /// The longest text.
    public static final String LONGEST = "longest";
    /// The winner of Borda’s count.
    public static final String BORDA = "borda";
    static final String COPELAND = "copeland";
    static final String POPULATION_MODEL = "population-model";

    /// What every policy is compared with.
    static final List<String> BASELINES = List.of(UNIFORM, LONGEST, BORDA, COPELAND, POPULATION_MODEL);

    private static final double RESIDUAL = 1e-9;
    private static final int STEPS = 20_000;

    private final EvaluatedStudy study;
    private final double tau;

    Policies(EvaluatedStudy study, double defaultTau) {
        this.study = study;
        this.tau = tau(study).orElse(defaultTau);
    }

    /// The regularisation of the stakeholder solution of a study.
    static OptionalDouble tau(EvaluatedStudy study) {
        return tau(study, Formulation.STAKEHOLDER);
    }

    private static OptionalDouble tau(EvaluatedStudy study, String formulation) {
        for (CertifiedSolution solution : study.solutions()) {
            if (!solution.label().equals(formulation)) {
                continue;
            }
            for (var bucket : solution.solution().buckets()) {
                for (int b = 0; b < bucket.tau().size(); b++) {
                    if (bucket.tau().getDouble(b) > 0) {
                        return OptionalDouble.of(bucket.tau().getDouble(b));
                    }
                }
            }
        }
        return OptionalDouble.empty();
    }

    /// The formulations of the study that are solved here.
    List<String> formulations() {
        return List.of(
                        Formulation.POPULATION,
                        Formulation.STAKEHOLDER,
                        Formulation.CONSENSUS,
                        Formulation.BARGAINING,
                        Formulation.LEXIMIN,
                        Formulation.MAXMIN,
                        Formulation.GROUP_ROBUST)
                .stream()
                .filter(study.deployed()::containsKey)
                .toList();
    }

    /// Policies about one item: name → probabilities [K]; only allowed candidates have mass.
    Map<String, double[]> solve(int item, ItemGame game, StrengthsModel model) {
        Map<String, double[]> policies = new LinkedHashMap<>();
        double[] p = model.tensor(item);
        for (String formulation : formulations()) {
            policies.put(formulation, solve(formulation, game, p));
        }
        double[] alone = model.strengths(item, Pairs.NO_GROUP).matrix();
        policies.put(
                POPULATION_MODEL,
                new PopulationSolver().solve(alone, game.allowed()).policy());
        return policies;
    }

    private double[] solve(String formulation, ItemGame game, double[] p) {
        int stakeholders = study.seats().size();
        return switch (formulation) {
            case Formulation.POPULATION -> population(game, p, study.weights());
            case Formulation.CONSENSUS ->
                new ConsensusSolver().solve(p, stakeholders, game.allowed()).policy();
            case Formulation.STAKEHOLDER ->
                new StakeholderSolver(tau, true, OpponentMixing.UNIFORM, RESIDUAL, STEPS)
                        .solve(p, stakeholders, game.allowed(), study.weights(), game.logReference())
                        .deployed();
            // of equal bargaining power: a study does not say whether a solution's was another
            case Formulation.BARGAINING ->
                new NashBargaining(tau(study, formulation).orElse(tau))
                        .solve(p, stakeholders, game.allowed(), Strategies.uniform(stakeholders), game.logReference())
                        .policy();
            case Formulation.LEXIMIN ->
                new Leximin().solve(p, stakeholders, game.allowed()).welfare().policy();
            case Formulation.MAXMIN ->
                new MaxMin(tau(study, formulation).orElse(0))
                        .solve(p, stakeholders, game.allowed(), game.logReference())
                        .policy();
            case Formulation.GROUP_ROBUST ->
                new GroupRobust(tau(study, formulation).orElse(tau))
                        .solve(p, stakeholders, game.allowed(), game.logReference())
                        .policy();
            default -> throw new IllegalArgumentException("no solver for " + formulation);
        };
    }

    /// The maximal lottery of the weighted mixture [K].
    static double[] population(ItemGame game, double[] p, double[] weights) {
        double[] mixed = Preferences.mix(p, weights.length, game.candidates(), weights);
        return new PopulationSolver().solve(mixed, game.allowed()).policy();
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

    /// All policies of the items in scope made from judges of weight above zero: name → item →
    /// probabilities.
    Map<String, List<Optional<double[]>>> all(Pairs pairs, double[] weightOfJudge, int[] items, StrengthsModel model) {
        Map<String, List<Optional<double[]>>> all = byItem(items, (item, game) -> solve(item, game, model));
        all.putAll(baselines(pairs, weightOfJudge, items));
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
                                            name,
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
