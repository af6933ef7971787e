package org.polyphony.plugin.source.files.mapping;

import org.polyphony.spi.plugin.Setting;

/// A candidate and the number it was given, one row each; the rows of one annotator about one item make one
/// judgment.
///
/// @param candidate the column with the candidate's id
/// @param value the column with the number
/// @param lowerIsBetter whether a lower number is better, as a rank is
public record RatingColumns(
        @Setting(description = "Column with the id of the candidate")
        String candidate,

        @Setting(
                description =
                        "Column with the rating, a number; higher is better unless lower-is-better says otherwise")
        String value,

        @Setting(description = "Whether a lower number is better, as a rank of 1 is", defaultValue = "false")
        boolean lowerIsBetter) {

    /// Ratings of which the higher is better.
    public static RatingColumns of(String candidate, String value) {
        return new RatingColumns(candidate, value, false);
    }
}
