package org.polyphony.spi.evaluation;

import java.util.List;

/// What an evaluator found.
///
/// @param metrics numbers
/// @param findings what the numbers mean, in words
public record EvaluationResult(List<Metric> metrics, List<Finding> findings) {

    public EvaluationResult {
        metrics = List.copyOf(metrics);
        findings = List.copyOf(findings);
    }

    /// Metrics and findings.
    public static EvaluationResult of(List<Metric> metrics, List<Finding> findings) {
        return new EvaluationResult(metrics, findings);
    }
}
