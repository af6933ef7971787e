package org.polyphony.plugin.source.generated;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// The manner of an answer, and how much each group likes it.
///
/// Likings are in the order of [Group]; only their differences matter.
enum Style {
    BALANCED("Opinions differ here. {fact} At the same time: {caution}", 0.0, -0.5, 1.0, 0.5),
    BRIEF("{step}", -0.5, 0.5, 0.5, -1.0),
    CAREFUL("{caution} Please ask a pharmacist or a doctor before you decide.", 1.0, -0.5, -1.0, 0.0),
    FIGURES("{figure} {fact}", 1.5, -1.0, 0.0, -1.0),
    PLAIN("In plain words: {fact} {step}", -0.5, 1.5, 0.0, 0.0),
    SOURCED("The leaflet and the guideline agree. {fact} {figure}", 0.5, -0.5, 1.5, -0.5),
    STORY("Someone in the same situation said that one sentence helped most: {step}", -1.5, 0.0, 1.0, 0.5),
    WARM(
            "It is natural to wonder about this, and good that you ask. {step} If it keeps worrying you, talk to"
                    + " someone you trust.",
            -0.5,
            1.0,
            -1.5,
            1.5);

    private final String frame;
    private final double[] liking;

    Style(String frame, double... liking) {
        this.frame = frame;
        this.liking = liking;
    }

    /// The candidate's id: the style's name, and a number from the second of a style on.
    String id(int repetition) {
        String name = name().toLowerCase(Locale.ROOT);
        return repetition == 0 ? name : name + "-" + (repetition + 1);
    }

    /// An answer about `topic` in this manner.
    String answer(Topic topic) {
        return frame.replace("{fact}", topic.fact())
                .replace("{figure}", topic.figure())
                .replace("{caution}", topic.caution())
                .replace("{step}", topic.step());
    }

    /// How much each group likes each style, by group: means zero over groups and over styles, mean square one.
    static Map<Style, double[]> likings() {
        Style[] styles = values();
        int groups = Group.values().length;
        double[] groupMeans = new double[groups];
        var likings = new EnumMap<Style, double[]>(Style.class);
        for (Style style : styles) {
            double mean = Arrays.stream(style.liking).sum() / groups;
            double[] centred =
                    Arrays.stream(style.liking).map(value -> value - mean).toArray();
            likings.put(style, centred);
            for (int g = 0; g < groups; g++) {
                groupMeans[g] += centred[g] / styles.length;
            }
        }
        double square = 0;
        for (double[] row : likings.values()) {
            for (int g = 0; g < groups; g++) {
                row[g] -= groupMeans[g];
                square += row[g] * row[g] / (groups * styles.length);
            }
        }
        for (double[] row : likings.values()) {
            for (int g = 0; g < groups; g++) {
                row[g] /= StrictMath.sqrt(square);
            }
        }
        return likings;
    }
}
