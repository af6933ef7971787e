package org.polyphony.spi.evaluation;

import java.util.List;

/// What an evaluator found.
///
/// @param metrics numbers
/// @param sections what the numbers mean and how they look, in the order in which a reader wants them
public record EvaluationResult(List<Metric> metrics, List<Section> sections) {

    public EvaluationResult {
        metrics = List.copyOf(metrics);
        sections = List.copyOf(sections);
    }

    /// Every sentence, in the order in which it is read.
    public List<Headline> sentences() {
        return sections.stream().flatMap(Section::sentences).toList();
    }

    /// Metrics and sections.
    public static EvaluationResult of(List<Metric> metrics, List<Section> sections) {
        return new EvaluationResult(metrics, sections);
    }
}
