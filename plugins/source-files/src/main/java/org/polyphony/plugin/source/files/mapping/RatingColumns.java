package org.polyphony.plugin.source.files.mapping;

import org.polyphony.spi.plugin.Setting;

/// A candidate and the number it was given, one row each; the rows of one annotator about one item make one
/// judgment.
///
/// @param candidate the column with the candidate's id
/// @param value the column with the number, higher is better
public record RatingColumns(
        @Setting(description = "Column with the id of the candidate")
        String candidate,

        @Setting(description = "Column with the rating, a number; higher is better")
        String value) {}
