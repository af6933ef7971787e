package org.polyphony.plugin.evaluator.preferences.fit;

import java.util.Map;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.plugin.evaluator.preferences.study.EvaluatedStudy;
import org.polyphony.spi.artefact.Artefact;

/// Says how the profiles that were deployed relate to the evidence: their model, their shrinkage, their
/// cycles.
public final class DeployedProfiles {
    /// The artefact type of the profiles whose family the resampling evidence is about.
    public static final String BUILT_IN = "polyphony.profiles.groups";

    private static final String CYCLE_CAPABLE = "skew-bilinear";

    private DeployedProfiles() {}

    /// Reports `shrinkage.deployed` (left out where it is infinite) and `profiles.deployed`; nothing about
    /// profiles of another type, whose texts mean something else.
    public static void report(
            ScopeJudgments judgments, GroupEvidence evidence, CycleEvidence cycles, MetricSheet sheet) {
        Map<String, String> texts = judgments
                .study()
                .profiles()
                .filter(profiles -> profiles.type().equals(BUILT_IN))
                .map(Artefact::texts)
                .orElse(Map.of());
        String model = texts.getOrDefault("model", "");
        if (model.isEmpty() || !texts.containsKey("shrinkage")) {
            return;
        }
        double strength = strength(texts.getOrDefault("shrinkage", ""));
        if (Double.isNaN(strength)) {
            return;
        }
        Map<String, String> labels = judgments.labels();
        sheet.add("shrinkage.deployed", labels, strength, 1, "judgments");
        sheet.find(
                "profiles.deployed",
                labels,
                "The deployed profiles are of model " + model + ", shrunk with lambda_d " + Wording.strength(strength)
                        + " for all items; on these items held-out judges like " + Wording.strength(evidence.strength())
                        + " best.");
        if (model.equals(CYCLE_CAPABLE) && !cycles.used()) {
            sheet.find(
                    "cycles.deployed-without-evidence",
                    labels,
                    "The deployed profiles hold cycles, which held-out judges do not bear out on these items. Where this is"
                            + " so for all items, set the profiler's model to bradley-terry.");
        }
    }

    /// Whether the deployed profiles can hold circular preferences; so it is assumed of profiles of another
    /// type.
    public static boolean mayHoldCycles(EvaluatedStudy study) {
        return study.profiles()
                .filter(profiles -> profiles.type().equals(BUILT_IN))
                .map(profiles -> profiles.texts().getOrDefault("model", CYCLE_CAPABLE))
                .orElse(CYCLE_CAPABLE)
                .equals(CYCLE_CAPABLE);
    }

    private static double strength(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN; // a later version may write words; then there is no number to compare
        }
    }
}
