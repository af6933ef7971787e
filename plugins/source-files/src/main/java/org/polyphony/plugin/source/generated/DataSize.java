package org.polyphony.plugin.source.generated;

import static org.polyphony.support.settings.SettingChecks.within;

import org.polyphony.spi.plugin.Setting;

/// How many people judge how much.
///
/// @param items questions asked
/// @param minCandidates answers to a question, at least
/// @param maxCandidates answers to a question, at most
/// @param annotatorsPerGroup people in each group
/// @param judgmentsPerAnnotator pairs that each of them compares
record DataSize(
        @Setting(description = "How many questions are asked", defaultValue = "40")
        int items,

        @Setting(description = "Answers to a question, at least", defaultValue = "6")
        int minCandidates,

        @Setting(description = "Answers to a question, at most", defaultValue = "8")
        int maxCandidates,

        @Setting(description = "People in each of the four groups", defaultValue = "150")
        int annotatorsPerGroup,

        @Setting(description = "Pairs that each of them compares", defaultValue = "60")
        int judgmentsPerAnnotator) {

    // keeps a mistyped number from filling the memory
    private static final long MOST_JUDGMENTS = 20_000_000;

    DataSize {
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
    }
}
