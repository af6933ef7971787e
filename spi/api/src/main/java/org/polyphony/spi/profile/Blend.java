package org.polyphony.spi.profile;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What an answer was made of, and how much stands behind it.
///
/// @param viewpoint id of the viewpoint
/// @param seats seat → its share; the shares of a mixture sum to one, a person's answer may be of no seat
/// @param judgments weight of the judgments that were learned from, of all who have a share; 0 where none
///     was
/// @param people annotators behind these; one who spoke for several seats counts in each
public record Blend(String viewpoint, Map<String, Double> seats, double judgments, int people) {

    public Blend {
        seats = Collections.unmodifiableSortedMap(new TreeMap<>(seats));
    }

    /// One seat alone, under its own name.
    public static Blend ofSeat(String seat, double judgments, int people) {
        return new Blend(seat, Map.of(seat, 1.0), judgments, people);
    }
}
