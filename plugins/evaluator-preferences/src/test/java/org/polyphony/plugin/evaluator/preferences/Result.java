package org.polyphony.plugin.evaluator.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.EvaluationResult;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.testkit.SpiValues;
import org.polyphony.spi.testkit.TestContext;

/// What an evaluation found, to be asked for single figures.
record Result(EvaluationResult result) {

    static Result of(EvaluationRequest request, EvaluatorSettings settings) {
        try (var context = TestContext.of(settings)) {
            return new Result(SpiValues.copy(new PreferenceEvaluator().evaluate(context.share(request), context)));
        }
    }

    /// The metric of exactly these labels, given as name, value, name, value…
    Metric metric(String name, String... labels) {
        Map<String, String> wanted = new java.util.TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        List<Metric> found = result.metrics().stream()
                .filter(metric -> metric.name().equals(name) && metric.labels().equals(wanted))
                .toList();
        assertThat(found).as("%s%s", name, wanted).hasSize(1);
        return found.getFirst();
    }

    double value(String name, String... labels) {
        return metric(name, labels).value();
    }

    /// Utility of a policy that was made from the training half to a stakeholder, over all items, judges drawn.
    double utility(String policy, String stakeholder) {
        return utility("all", policy, stakeholder);
    }

    /// The same over the items of a partition.
    double utility(String partition, String policy, String stakeholder) {
        return value(
                "policy.utility",
                "partition",
                partition,
                "made-from",
                "training-half",
                "policy",
                policy,
                "resampling",
                "judges",
                "stakeholder",
                stakeholder);
    }

    /// All metrics of a name in a partition.
    List<Metric> metrics(String name, String partition) {
        return result.metrics().stream()
                .filter(metric -> metric.name().equals(name)
                        && partition.equals(metric.labels().get("partition")))
                .toList();
    }

    /// Codes of all findings about a partition.
    List<String> codes(String partition) {
        return result.sentences().stream()
                .filter(finding -> partition.equals(finding.labels().get("partition")))
                .map(Headline::code)
                .toList();
    }

    /// The text of the finding of a code about a partition.
    String text(String code, String partition) {
        return result.sentences().stream()
                .filter(finding -> finding.code().equals(code)
                        && partition.equals(finding.labels().get("partition")))
                .map(Headline::sentence)
                .reduce("", (a, b) -> a + b);
    }

    static byte[] all(int count) {
        byte[] training = new byte[count];
        Arrays.fill(training, (byte) 1);
        return training;
    }
}
