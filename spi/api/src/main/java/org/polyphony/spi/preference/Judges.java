package org.polyphony.spi.preference;

import java.util.List;

/// Who judged, and what is known of them.
///
/// @param ids in byte order, shape (J)
/// @param attributes what is known of a judge at the time of each judgment, for example the stance; shape (G)
public record Judges(List<String> ids, List<GroupAttribute> attributes) {

    public Judges {
        ids = List.copyOf(ids);
        attributes = List.copyOf(attributes);
    }

    /// Judges of whom this is known.
    public static Judges of(List<String> ids, GroupAttribute... attributes) {
        return new Judges(ids, List.of(attributes));
    }

    /// How many there are.
    public int count() {
        return ids.size();
    }

    /// The index of the attribute called `name`, or -1.
    public int attribute(String name) {
        for (int g = 0; g < attributes.size(); g++) {
            if (attributes.get(g).name().equals(name)) {
                return g;
            }
        }
        return -1;
    }

    /// The levels of attribute `attribute`.
    public List<String> levels(int attribute) {
        return attributes.get(attribute).levels();
    }

    /// Something known of judges: a question with a few answers.
    ///
    /// @param name the column's name, for example `stance`
    /// @param levels its answers, in the order of their indices
    public record GroupAttribute(String name, List<String> levels) {

        public GroupAttribute {
            levels = List.copyOf(levels);
        }
    }
}
