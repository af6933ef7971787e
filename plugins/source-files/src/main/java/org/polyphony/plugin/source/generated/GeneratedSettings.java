package org.polyphony.plugin.source.generated;

import org.polyphony.spi.plugin.Setting;

/// How many people judge what, and how much their groups differ.
///
/// @param seed of the data; the run's own seed changes nothing here
/// @param items questions asked
/// @param minCandidates answers to a question, at least
/// @param maxCandidates answers to a question, at most
/// @param annotatorsPerGroup people in each group
/// @param judgmentsPerAnnotator pairs that each of them compares
/// @param qualityDeviation standard deviation of the strengths all groups share, in logits
/// @param groupDeviation standard deviation of a group's own strengths, in logits; σ_d
/// @param cycleStrength root mean square of the circular part, in logits
/// @param controlShare share of items without group differences and without circular part
/// @param unsafeShare share of items that have an unsafe answer
public record GeneratedSettings(
        @Setting(description = "Seed of the data; the seed of the run changes nothing here", defaultValue = "1")
        long seed,

        @Setting(description = "How many questions are asked", defaultValue = "40")
        int items,

        @Setting(description = "Answers to a question, at least", defaultValue = "6")
        int minCandidates,

        @Setting(description = "Answers to a question, at most", defaultValue = "8")
        int maxCandidates,

        @Setting(description = "People in each of the four groups", defaultValue = "150")
        int annotatorsPerGroup,

        @Setting(description = "Pairs that each of them compares", defaultValue = "60")
        int judgmentsPerAnnotator,

        @Setting(
                description = "Standard deviation of the strengths that all groups share, in logits",
                defaultValue = "0.8")
        double qualityDeviation,

        @Setting(
                description = "Standard deviation of a group's own strengths, in logits; 0 for equal groups",
                defaultValue = "0.8")
        double groupDeviation,

        @Setting(description = "Root mean square of the circular part of preferences, in logits", defaultValue = "0.8")
        double cycleStrength,

        @Setting(
                description = "Share of questions in the control arm, without group differences or cycles",
                defaultValue = "0.5")
        double controlShare,

        @Setting(description = "Share of questions with an unsafe answer", defaultValue = "0.3")
        double unsafeShare) {

    // keeps a mistyped number from filling the memory
    private static final long MOST_JUDGMENTS = 20_000_000;

    public GeneratedSettings {
        within("items", items, 1, 100_000);
        within("min-candidates", minCandidates, 2, 256);
        within("max-candidates", maxCandidates, minCandidates, 256);
        within("annotators-per-group", annotatorsPerGroup, 1, 1_000_000);
        long pairs = (long) items * minCandidates * (minCandidates - 1) / 2;
        within("judgments-per-annotator", judgmentsPerAnnotator, 1, pairs);
        within(
                "annotators-per-group times judgments-per-annotator",
                (long) annotatorsPerGroup * judgmentsPerAnnotator,
                1,
                MOST_JUDGMENTS / Group.values().length);
        within("quality-deviation", qualityDeviation, 0.0, 10.0);
        within("group-deviation", groupDeviation, 0.0, 10.0);
        within("cycle-strength", cycleStrength, 0.0, 10.0);
        within("control-share", controlShare, 0.0, 1.0);
        within("unsafe-share", unsafeShare, 0.0, 1.0);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", got " + value);
        }
    }

    private static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", got " + value);
        }
    }
}
