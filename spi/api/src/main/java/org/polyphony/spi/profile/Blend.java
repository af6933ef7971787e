package org.polyphony.spi.profile;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an answer was made of, and how much stands behind it.
///
/// @param viewpoint id of the viewpoint
/// @param seats seat → its share; the shares of a mixture sum to one, a person's answer may be of no seat
/// @param judgments weight of the judgments that were learned from, of all who have a share; 0 where none
///     was
/// @param people annotators behind these; one who spoke for several seats counts in each
/// @param tooFew why its deviations are not told, in words: what there was too little of; they are NaN then. Absent
///     where nothing was
public record Blend(
        String viewpoint, Map<String, Double> seats, double judgments, int people, Optional<String> tooFew) {

    public Blend {
        seats = Collections.unmodifiableSortedMap(new TreeMap<>(seats));
    }

    /// What an answer was made of, of which nothing was too few.
    public static Blend of(String viewpoint, Map<String, Double> seats, double judgments, int people) {
        return new Blend(viewpoint, seats, judgments, people, Optional.empty());
    }

    /// One seat alone, under its own name.
    public static Blend ofSeat(String seat, double judgments, int people) {
        return of(seat, Map.of(seat, 1.0), judgments, people);
    }

    /// The same, of which there was too little to tell its deviations, where that is so.
    public Blend withTooFew(Optional<String> why) {
        return new Blend(viewpoint, seats, judgments, people, why);
    }
}
