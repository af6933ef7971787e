package org.polyphony.plugin.evaluator.preferences;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.plugin.evaluator.preferences.fit.DeployedProfiles;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.GameEvidence;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;

/// The golden input of the self-test: sixteen judges of two groups rank three answers, each group in its
/// own order.
final class GoldenStudy {
    private static final int JUDGES = 16;
    private static final int K = 3;

    private GoldenStudy() {}

    static EvaluationRequest request() {
        byte[] forms = new byte[JUDGES];
        Arrays.fill(forms, org.polyphony.spi.preference.JudgmentForm.RANKING.code());
        int[] annotator = new int[JUDGES];
        int[] levels = new int[JUDGES];
        int[] offsets = new int[JUDGES + 1];
        int[] entries = new int[JUDGES * K];
        double[] values = new double[JUDGES * K];
        double[] weights = new double[JUDGES];
        String[] names = new String[JUDGES];
        double[] training = new double[JUDGES];
        for (int judge = 0; judge < JUDGES; judge++) {
            names[judge] = String.format("judge-%02d", judge);
            annotator[judge] = judge;
            levels[judge] = judge % 2;
            offsets[judge + 1] = (judge + 1) * K;
            weights[judge] = 1;
            training[judge] = 1;
            for (int k = 0; k < K; k++) {
                entries[judge * K + k] = k;
                values[judge * K + k] = judge % 2 == 0 ? -k : k;
            }
        }
        Judgments judgments = Judgments.of(
                Candidates.of(
                        List.of("question"), List.of(""), List.of("a", "b", "c"), List.of("", "", ""), new int[] {0, K
                        }),
                Judges.of(List.of(names), new Judges.GroupAttribute("group", List.of("up", "down"))),
                JudgmentColumns.of(
                        Tensor.ofBytes(forms, JUDGES),
                        Tensor.ofInts(new int[JUDGES], JUDGES),
                        Tensor.ofInts(annotator, JUDGES),
                        Tensor.ofInts(levels, JUDGES, 1),
                        Tensor.ofDoubles(weights, JUDGES)),
                Entries.of(
                        Tensor.ofInts(offsets, JUDGES + 1),
                        Tensor.ofInts(entries, JUDGES * K),
                        Tensor.ofDoubles(values, JUDGES * K),
                        true));
        double[] p = new double[2 * K * K];
        Arrays.fill(p, 0.5);
        PreferenceGames games = PreferenceGames.of(
                List.of("up", "down"),
                Tensor.ofDoubles(new double[] {0.5, 0.5}, 2),
                List.of(GameBucket.of(Tensor.ofInts(new int[] {0}, 1), Tensor.ofDoubles(p, 1, 2, K, K))));
        var judged = JudgedEvidence.of(
                        judgments, Tensor.ofDoubles(training, JUDGES), Seating.of("group", List.of("up", "down")))
                .withProfiles(Artefact.of(DeployedProfiles.BUILT_IN, 1, Map.of(), Map.of()));
        return EvaluationRequest.of(judgments.candidates())
                .withJudged(judged)
                .withGames(GameEvidence.of(PreferenceEstimate.of(List.of(), List.of()), games, List.of()));
    }

    /// Few draws: an update runs this with cold classes, and the numbers checked do not depend on draws.
    static EvaluatorSettings settings() {
        return new EvaluatorSettings(
                5,
                new ModelGrid(0.3, 1, List.of(3.0)),
                new CycleGrid(List.of(5.0), 1),
                new Draws(2, 2, 1, 2, 99),
                Optional.empty(),
                200);
    }

    /// Throws unless the constant's loss is ln 2 and groups that rank in opposite orders are told apart.
    static void check(EvaluationResult result) {
        double constant =
                value(result, "fit.log-loss", Map.of("partition", "all", "model", "constant", "stakeholder", "pooled"));
        double gain = value(result, "groups.gain", Map.of("partition", "all"));
        if (!(Math.abs(constant - Math.log(2)) < 1e-12) || !(gain > 0.1)) {
            throw new IllegalStateException("the golden study answers a constant loss of " + constant
                    + " nats and a gain of groups of " + gain + ", expected ln 2 and more than 0.1");
        }
    }

    private static double value(EvaluationResult result, String name, Map<String, String> labels) {
        return result.metrics().stream()
                .filter(metric -> metric.name().equals(name) && metric.labels().equals(labels))
                .mapToDouble(Metric::value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
