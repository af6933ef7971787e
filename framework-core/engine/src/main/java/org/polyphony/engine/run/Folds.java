package org.polyphony.engine.run;

import java.util.List;
import java.util.TreeSet;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.support.settings.NearestName;

/// Items in folds by the values of an item attribute, in the order of the values. Items that share one (both
/// sides of a debate) are in the same fold.
///
/// @param attribute the attribute
/// @param values the value of each fold, ascending
/// @param foldOfItem which fold each item is in
record Folds(String attribute, List<String> values, int[] foldOfItem) {

    /// The folds of an attribute.
    ///
    /// @throws AlignmentException if the items have no such attribute, or all the same value of it
    static Folds of(Candidates candidates, String attribute) {
        var names = candidates.attributes().ofItems().stream()
                .map(Candidates.Attribute::name)
                .toList();
        int at = names.indexOf(attribute);
        if (at < 0) {
            throw new AlignmentException(
                    StandardErrorCode.COLUMN_MISSING,
                    "no item attribute '" + attribute + "' whose values could be left out"
                            + NearestName.hint(attribute, names) + "; the source read " + names);
        }
        var ofItem = candidates.attributes().ofItems().get(at).values();
        var values = List.copyOf(new TreeSet<>(ofItem));
        if (values.size() < 2) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "every item has the value " + values + " of '" + attribute
                            + "', so leaving it out leaves nothing to learn from; name an attribute with at least two"
                            + " values");
        }
        return new Folds(
                attribute, values, ofItem.stream().mapToInt(values::indexOf).toArray());
    }

    /// How many there are.
    int count() {
        return values.size();
    }
}
