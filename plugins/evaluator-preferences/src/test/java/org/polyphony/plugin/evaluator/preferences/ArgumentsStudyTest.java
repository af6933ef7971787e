package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.preference.Judgments;

/// The honest null: in the public arguments data stance groups differ detectably and negligibly.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArgumentsStudyTest {
    private final Properties reference = new Properties();
    private @Nullable Result evaluated;
    private Result result;

    // before each and once: where the data are absent every test is told as skipped, and not the class as empty
    @BeforeEach
    void evaluate() throws IOException {
        if (evaluated == null) {
            evaluated = evaluated();
        }
        result = evaluated;
    }

    private Result evaluated() throws IOException {
        Judgments judgments = Arguments.read();
        try (var in = new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/reference/arguments.properties")),
                StandardCharsets.UTF_8)) {
            reference.load(in);
        }
        var request = Studies.of(
                judgments, Result.all(judgments.count()), "stance", 30, 0.1, Optional.empty(), Optional.empty());
        return Result.of(
                request,
                new EvaluatorSettings(
                        5,
                        new ModelGrid(0.3, 1, List.of()),
                        new CycleGrid(List.of(5.0), 1),
                        new Draws(100, 60, 8, 40, 199),
                        Optional.of("debate"),
                        50));
    }

    private void assertNear(String key, double value) {
        String[] parts = reference.getProperty(key).split(",");
        assertThat(value)
                .as(key)
                .isCloseTo(Double.parseDouble(parts[0].strip()), within(Double.parseDouble(parts[1].strip())));
    }

    @Test
    void fit_byJudgeFolds_meetsTheReference() {
        for (String key : reference.stringPropertyNames()) {
            String[] parts = key.split("\\.");
            if (parts[0].equals("fit")) {
                assertNear(
                        key,
                        result.value(
                                "fit." + parts[1], "partition", "all", "model", parts[2], "stakeholder", parts[3]));
            }
        }
    }

    @Test
    void groups_gain_meetsTheReference() {
        Metric gain = result.metric("groups.gain", "partition", "all");
        assertNear("groups.gain", gain.value());
        assertNear("groups.gain.low", gain.low().orElseThrow());
        assertNear("groups.gain.high", gain.high().orElseThrow());
        assertNear("groups.gain-cell-labels", result.value("groups.gain-cell-labels", "partition", "all"));
    }

    @Test
    void groups_verdict_claimsNoDifferenceThatMatters() {
        assertThat(result.codes("all"))
                .contains("policies.no-winner-named")
                .doesNotContain("groups.differs", "policies.winners-and-losers");
        assertThat(result.metric("groups.accuracy-gain", "partition", "all")
                        .low()
                        .orElseThrow())
                .isNegative();
    }

    @Test
    void placebo_atTheChosenStrength_liesInTheReferenceBand() {
        assertNear("placebo.gain", result.value("placebo.gain", "partition", "all"));
        assertNear("placebo.gain-deviation", result.value("placebo.gain-deviation", "partition", "all"));
    }

    @Test
    void shrinkage_path_meetsTheReference() {
        assertThat(result.value("shrinkage.chosen", "partition", "all", "lambda", "30"))
                .isEqualTo(1);
        for (String key : reference.stringPropertyNames()) {
            if (key.startsWith("eps-star")) {
                String name = key.substring(0, key.indexOf('.'));
                String lambda = key.substring(key.indexOf('.') + 1);
                assertNear(key, result.value("shrinkage." + name, "partition", "all", "lambda", lambda));
            }
            if (key.startsWith("placebo.eps-star.")) {
                String lambda = key.substring("placebo.eps-star.".length());
                assertNear(key, result.value("shrinkage.placebo.eps-star", "partition", "all", "lambda", lambda));
            }
        }
    }

    @Test
    void cycles_inArguments_areNotBorneOut() {
        Metric gain = result.metric("cycles.gain", "partition", "all", "level", "population", "ridge", "5");
        assertThat(gain.value()).isCloseTo(-0.0018, within(2e-4));
        assertThat(gain.high().orElseThrow()).isNegative();
        assertThat(result.codes("all")).contains("cycles.not-used");
    }

    @Test
    void winner_bootstrap_isFarFromCertain() {
        assertNear("winner.mean-probability", result.value("winner.mean-probability", "partition", "all"));
        assertThat(result.metrics("winner.probability", "all")).hasSize(24);
    }

    @Test
    void stakeholder_atTau_costsWhatTheControlCosts() {
        for (String stance : Arguments.STANCES) {
            double cost = result.value("stakeholder.cost", "partition", "all", "stakeholder", stance);
            double control = result.value("stakeholder.control.cost", "partition", "all", "stakeholder", stance);
            assertThat(cost).isBetween(0.03, 0.09);
            assertThat(cost).isCloseTo(control, within(0.002));
        }
        assertThat(result.value("stakeholder.unique-share", "partition", "all")).isEqualTo(1);
    }

    @Test
    void policies_onTheOtherHalf_uniformIsOneHalfAndTheRestIsPlausible() {
        for (String stance : Arguments.STANCES) {
            assertThat(result.utility("uniform", stance)).isCloseTo(0.5, within(1e-12));
            assertThat(result.utility("population", stance)).isBetween(0.74, 0.88);
            assertThat(result.utility("longest", stance)).isBetween(0.6, 0.72);
        }
        Metric byDebate = result.metric(
                "policy.worst-off",
                "partition",
                "all",
                "made-from",
                "training-half",
                "policy",
                "population",
                "resampling",
                "items");
        assertThat(byDebate.count()).as("debates are drawn, not their sides").isEqualTo(12);
    }
}
