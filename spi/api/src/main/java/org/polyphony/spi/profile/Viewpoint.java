package org.polyphony.spi.profile;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A point of view from which candidates are compared.
///
/// @param id what it is called in the answer
/// @param whose whose preferences
/// @param values value dimension → its level, in the profile's own unit: all else held equal, what would be
///     preferred if that were valued so (`do(v := x)`); empty asks for what is
public record Viewpoint(String id, Whose whose, Map<String, Double> values) {

    public Viewpoint {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /// A viewpoint as it is.
    public static Viewpoint of(String id, Whose whose) {
        return new Viewpoint(id, whose, Map.of());
    }

    /// The viewpoint of one seat, called as it is.
    public static Viewpoint ofSeat(String seat) {
        return of(seat, new Whose.Seats(Map.of(seat, 1.0)));
    }
}
