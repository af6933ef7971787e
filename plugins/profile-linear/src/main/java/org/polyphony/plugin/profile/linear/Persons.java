package org.polyphony.plugin.profile.linear;

import java.util.List;

/// Persons with profiles of their own.
///
/// @param ids their names, in the order of the study's judges
/// @param known what is known of each
/// @param judgments weight of what each said
/// @param shares of it in each seat, `[P][S]`; the rest was said without one
record Persons(List<String> ids, List<Posterior> known, double[] judgments, double[][] shares) {

    Persons {
        ids = List.copyOf(ids);
        known = List.copyOf(known);
    }
}
