package org.polyphony.plugin.source.files.mapping;

import java.util.List;
import java.util.Optional;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.spi.plugin.Setting;

/// A column about the annotator, at the time of the judgment.
///
/// @param name the attribute's name
/// @param column the column; the name where absent
/// @param levels the allowed values in order; all values found, in byte order, where empty
/// @param blanks values that mean no answer, beside the empty one
public record AttributeColumn(
        @Setting(description = "Name of the attribute, for example stance")
        String name,

        @Setting(description = "Column with its value; absent: the name")
        Optional<String> column,

        @Setting(description = "Allowed values in order; empty: all values found, in byte order")
        List<String> levels,

        @Setting(description = "Values that mean no answer, beside the empty one")
        List<String> blanks) {

    public AttributeColumn {
        levels = List.copyOf(levels);
        blanks = List.copyOf(blanks);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of an attribute is empty");
        }
        if (levels.stream().distinct().count() != levels.size()) {
            throw new IllegalArgumentException("levels of " + name + " repeat: " + levels);
        }
    }

    /// The attribute it fills.
    public Attribute attribute() {
        return new Attribute(name, levels, blanks);
    }

    /// The column that is read.
    public String source() {
        return column.orElse(name);
    }
}
