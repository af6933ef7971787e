package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.Metric;

/// The eight points that every study reports, on generated data with a control arm.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EightPointsTest {
    private static final EvaluatorSettings SETTINGS = new EvaluatorSettings(
            5,
            new ModelGrid(0.3, 1, List.of(0.3, 3.0, 30.0)),
            new CycleGrid(List.of(5.0), 1),
            new Draws(60, 40, 5, 20, 199),
            Optional.empty(),
            200);
    private static final List<String> SCOPES = List.of("all", "control", "difference");
    private static final List<String> FORMULATIONS = List.of("consensus", "population", "stakeholder");
    private static final List<String> BASELINES =
            List.of("uniform", "longest", "borda", "copeland", "population-model");

    private final Arms arms = Arms.generate(7, 6, 240, 30, 1.0);
    private Result result;

    @BeforeAll
    void evaluate() {
        result = Result.of(request(Result.all(arms.judgments().count())), SETTINGS);
    }

    private EvaluationRequest request(byte[] training) {
        return Studies.of(arms.judgments(), training, "role", 3, 0.1, Optional.of(arms.truth()), Optional.of("arm"));
    }

    // an interval of zero width is not shown: no draw changes a figure that is one by construction
    private static void bounded(Metric metric, double constant) {
        assertThat(metric.low().isPresent() || Math.abs(metric.value() - constant) < 1e-9)
                .as(metric.toString())
                .isTrue();
    }

    private static void bounded(Metric metric) {
        bounded(metric, 0);
    }

    @Test
    void point1_fit_isByJudgeWithIntervalsAndCounts() {
        for (String scope : SCOPES) {
            for (String model :
                    List.of("constant", "population", "groups-shrunk", "groups-unshrunk", "cycle-capable")) {
                for (String stakeholder : List.of("pooled", "everyone", "patient", "pharmacist")) {
                    Metric loss = result.metric(
                            "fit.log-loss", "partition", scope, "model", model, "stakeholder", stakeholder);
                    if (model.equals("constant")) {
                        bounded(loss, Math.log(2));
                    } else {
                        assertThat(loss.low()).as(loss.toString()).isPresent();
                    }
                    assertThat(loss.count()).as("judges, not judgments").isBetween(20L, 240L);
                }
                result.metric("fit.accuracy", "partition", scope, "model", model, "stakeholder", "pooled");
                result.metric("fit.calibration-error", "partition", scope, "model", model, "stakeholder", "pooled");
            }
            result.metric("fit.calibration-slope", "partition", scope, "model", "population", "stakeholder", "pooled");
            assertThat(result.text("fit.by-judge", scope)).contains("never judgments");
        }
    }

    @Test
    void point2_groups_standBesideThePopulationAndPlaceboGroups() {
        for (String scope : SCOPES) {
            bounded(result.metric("groups.gain", "partition", scope));
            assertThat(result.metric("placebo.gain", "partition", scope).count())
                    .isEqualTo(40);
            result.metric("placebo.gain-deviation", "partition", scope);
        }
        assertThat(result.codes("difference")).contains("groups.differs");
        assertThat(result.codes("control")).doesNotContain("groups.differs");
        assertThat(result.text("fit.groups", "difference")).contains("nats").contains("accuracy");
    }

    @Test
    void point3_shrinkage_isChosenByHeldOutJudgesAlongAPathWithPlacebo() {
        for (String scope : SCOPES) {
            double best = Double.NEGATIVE_INFINITY;
            double chosen = Double.NaN;
            for (String lambda : List.of("0.3", "3", "30", "inf")) {
                double gain = result.value("shrinkage.gain", "partition", scope, "lambda", lambda);
                best = Math.max(best, gain);
                if (result.value("shrinkage.chosen", "partition", scope, "lambda", lambda) == 1) {
                    chosen = gain;
                }
                result.metric("shrinkage.eps-star", "partition", scope, "lambda", lambda);
                result.metric("shrinkage.support", "partition", scope, "lambda", lambda);
                bounded(result.metric("shrinkage.placebo.eps-star", "partition", scope, "lambda", lambda));
                result.metric("shrinkage.placebo.gain", "partition", scope, "lambda", lambda);
            }
            assertThat(chosen).as(scope).isEqualTo(best);
        }
        assertThat(result.value("shrinkage.eps-star", "partition", "all", "lambda", "inf"))
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void point4_cycles_areUsedOnlyWhereTheIntervalExcludesZero() {
        for (String scope : SCOPES) {
            boolean borneOut = result.metrics("cycles.gain", scope).stream()
                    .anyMatch(gain -> gain.low().orElseThrow() > 1e-6);
            assertThat(result.value("cycles.used", "partition", scope)).isEqualTo(borneOut ? 1 : 0);
        }
        assertThat(result.codes("difference")).contains("cycles.used");
        assertThat(result.codes("control")).contains("cycles.not-used");
    }

    @Test
    void point5_certificates_speakOfEstimatesAndStandBesideHeldOutGains() {
        for (String scope : SCOPES) {
            for (String policy : FORMULATIONS) {
                result.metric("unilateral.certified", "partition", scope, "policy", policy, "stakeholder", "patient");
                Metric held = result.metric(
                        "unilateral.held-out", "partition", scope, "policy", policy, "stakeholder", "patient");
                bounded(held);
            }
            assertThat(result.text("certificates.estimated-preferences", scope))
                    .contains("With respect to the estimated preferences");
        }
    }

    @Test
    void point6_stakeholder_showsTauDeltaUniquenessAndAControl() {
        for (String scope : SCOPES) {
            assertThat(result.value("stakeholder.tau", "partition", scope)).isEqualTo(0.1);
            assertThat(result.value("stakeholder.delta", "partition", scope)).isPositive();
            assertThat(result.value("stakeholder.unique-share", "partition", scope))
                    .isBetween(0.0, 1.0);
            assertThat(result.value("stakeholder.control.nash-conv", "partition", scope))
                    .isLessThan(1e-9);
            for (String role : Arms.ROLES) {
                result.metric("stakeholder.control.utility", "partition", scope, "stakeholder", role);
            }
        }
    }

    @Test
    void point7_policies_areComparedByPairedIntervalsAndUniformIsOneHalf() {
        for (String scope : SCOPES) {
            for (String role : Arms.ROLES) {
                assertThat(result.utility(scope, "uniform", role)).isCloseTo(0.5, within(1e-12));
            }
            for (String policy : FORMULATIONS) {
                double least = Arms.ROLES.stream()
                        .mapToDouble(role -> result.utility(scope, policy, role))
                        .min()
                        .orElseThrow();
                assertThat(result.value(
                                "policy.worst-off",
                                "partition",
                                scope,
                                "made-from",
                                "training-half",
                                "policy",
                                policy,
                                "resampling",
                                "judges"))
                        .as("least of the means")
                        .isEqualTo(least);
                for (String versus : BASELINES) {
                    for (String resampling : List.of("judges", "items")) {
                        bounded(result.metric(
                                "policy.worst-off-difference",
                                "partition",
                                scope,
                                "made-from",
                                "training-half",
                                "policy",
                                policy,
                                "resampling",
                                resampling,
                                "versus",
                                versus));
                    }
                }
            }
        }
        assertThat(result.codes("difference")).contains("policies.winners-and-losers");
    }

    @Test
    void point7_utilityOfTheLongest_isWhatTheDefinitionSays() {
        var data = arms.judgments();
        int k = 6;
        for (int group = 0; group < Arms.ROLES.size(); group++) {
            double mean = 0;
            for (int item = 0; item < 12; item++) {
                double[] all = new double[2 * k];
                double[] own = new double[2 * k];
                for (int n = 0; n < data.count(); n++) {
                    boolean tests = JudgeSplit.half(data.judges().ids().get(data.judge(n))) == 1;
                    for (int e = 2 * n; tests && data.item(n) == item && e < 2 * n + 2; e++) {
                        int candidate = data.entries().candidate(e);
                        double score = data.entries().value(e);
                        all[candidate] += score;
                        all[k + candidate]++;
                        own[candidate] += data.level(n, 0) == group ? score : 0;
                        own[k + candidate] += data.level(n, 0) == group ? 1 : 0;
                    }
                }
                double[] b = new double[k];
                double centre = 0;
                int longest = 0;
                for (int i = 0; i < k; i++) {
                    double everybody = (all[i] + 0.5) / (all[k + i] + 1);
                    b[i] = (own[i] + 2 * everybody) / (own[k + i] + 2);
                    // the last candidate is unsafe: it neither plays nor counts for the mean
                    centre += i < k - 1 ? b[i] / (k - 1) : 0;
                    longest = i < k - 1 && words(item, i) > words(item, longest) ? i : longest;
                }
                mean += (b[longest] + 0.5 - centre) / 12;
            }
            assertThat(result.value(
                            "policy.utility",
                            "partition",
                            "all",
                            "made-from",
                            "training-half",
                            "policy",
                            "longest",
                            "resampling",
                            "judges",
                            "stakeholder",
                            Arms.ROLES.get(group)))
                    .isCloseTo(mean, within(1e-12));
        }
    }

    private int words(int item, int candidate) {
        return arms.judgments().candidates().texts().get(6 * item + candidate).split(" ").length;
    }

    @Test
    void point7_controlArm_namesNoWinner() {
        assertThat(result.codes("control"))
                .contains("policies.no-winner-named")
                .doesNotContain("policies.winners-and-losers");
    }

    @Test
    void point8_winner_hasABootstrapProbability() {
        for (String scope : SCOPES) {
            assertThat(result.value("winner.mean-probability", "partition", scope))
                    .isBetween(0.1, 1.0);
        }
        assertThat(result.metrics("winner.probability", "all")).hasSize(12);
        assertThat(result.text("policies.compared", "all")).contains("rules that need ballots are left out");
    }

    @Test
    void truth_isRecoveredBetterThanByThePopulationAndUnsafeMassIsZero() {
        double groups =
                result.value("truth.p-rmse", "partition", "difference", "model", "profiles", "stakeholder", "pooled");
        double population =
                result.value("truth.p-rmse", "partition", "difference", "model", "population", "stakeholder", "pooled");
        assertThat(groups).isLessThan(population);
        assertThat(result.value("truth.sigma-d", "partition", "control")).isCloseTo(0, within(1e-9));
        assertThat(result.value("truth.sigma-d", "partition", "difference")).isBetween(0.6, 1.4);
        assertThat(result.value("truth.sigma-d-evidence", "partition", "difference"))
                .isGreaterThan(result.value("truth.sigma-d-evidence", "partition", "control") + 0.3);
        assertThat(result.value("truth.cyclic-share", "partition", "difference"))
                .isPositive();
        assertThat(result.value("truth.verdict-right", "partition", "control")).isEqualTo(1);
        assertThat(result.value("truth.verdict-right", "partition", "difference"))
                .isEqualTo(1);
        for (String policy : FORMULATIONS) {
            assertThat(result.value("safety.unsafe-mass", "partition", "all", "policy", policy))
                    .isZero();
        }
        double optimum = result.value("truth.eps-star", "partition", "difference");
        assertThat(result.value("truth.eps", "partition", "difference", "policy", "consensus"))
                .isGreaterThanOrEqualTo(optimum - 1e-9);
    }

    @Test
    void evaluate_heldOutHalf_measuresTheDeployedOnIt() {
        byte[] training = new byte[arms.judgments().count()];
        for (int n = 0; n < training.length; n++) {
            training[n] = (byte) (arms.judgments().judge(n) % 2);
        }
        Result half = Result.of(request(training), SETTINGS);
        double profiles =
                half.value("heldout.log-loss", "partition", "all", "model", "profiles", "stakeholder", "pooled");
        double constant =
                half.value("heldout.log-loss", "partition", "all", "model", "constant", "stakeholder", "pooled");
        assertThat(profiles).isLessThan(constant);
        half.metric(
                "policy.utility",
                "partition",
                "all",
                "made-from",
                "learned",
                "policy",
                "consensus",
                "resampling",
                "judges",
                "stakeholder",
                "patient");
    }

    @Test
    void evaluate_splitByJudgment_saysSoAndScoresNobody() {
        byte[] training = new byte[arms.judgments().count()];
        for (int n = 0; n < training.length; n++) {
            training[n] = (byte) (n % 2);
        }
        Result split = Result.of(request(training), SETTINGS);
        assertThat(split.codes("all")).contains("heldout.split-by-judgment");
        assertThat(split.metrics("heldout.log-loss", "all")).isEmpty();
        assertThat(split.metrics("policy.utility", "all"))
                .noneMatch(metric -> "learned".equals(metric.labels().get("made-from")));
    }

    @Test
    void deployed_shrinkage_standsBesideTheChosenOne() {
        assertThat(result.value("shrinkage.deployed", "partition", "all")).isEqualTo(3);
        assertThat(result.text("profiles.deployed", "control")).contains("bradley-terry");
    }

    @Test
    void evaluate_foreignProfiles_saysWhatTheEvidenceIsAbout() {
        EvaluationRequest request = request(Result.all(arms.judgments().count()));
        EvaluationRequest foreign = request.withJudged(request.judged()
                        .orElseThrow()
                        .withProfiles(org.polyphony.spi.artefact.Artefact.of(
                                "org.example.profiles", 1, java.util.Map.of(), java.util.Map.of())))
                .withPartition(Optional.empty());
        assertThat(Result.of(foreign, SETTINGS).result().sentences()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("evidence.built-in-family");
            assertThat(finding.sentence()).contains("org.example.profiles");
        });
        assertThat(result.result().sentences())
                .noneMatch(finding -> finding.code().startsWith("evidence."));
    }
}
