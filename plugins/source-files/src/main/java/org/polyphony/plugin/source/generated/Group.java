package org.polyphony.plugin.source.generated;

import java.util.Locale;

/// Who judges.
enum Group {
    PHARMACIST(0),
    PATIENT(1),
    JOURNALIST(2),
    COUNSELLOR(3);

    private final int index;

    Group(int index) {
        this.index = index;
    }

    /// The group's place among the levels of the attribute and in tensors.
    int index() {
        return index;
    }

    /// The level of the attribute `role`.
    String level() {
        return name().toLowerCase(Locale.ROOT);
    }
}
