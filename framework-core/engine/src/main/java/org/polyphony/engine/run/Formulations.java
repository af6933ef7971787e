package org.polyphony.engine.run;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.polyphony.support.settings.NearestName;

/// Whether an algorithm offers what it is asked for, known before any data are read.
public final class Formulations {

    private Formulations() {}

    /// What to say about every formulation that an algorithm is asked for and does not offer.
    public static List<String> missing(String algorithm, Collection<String> offered, Collection<String> asked) {
        return asked.stream()
                .filter(formulation -> !offered.contains(formulation))
                .map(formulation -> algorithm + " does not offer the formulation '" + formulation + "'"
                        + NearestName.hint(formulation, offered) + "; it offers "
                        + String.join(", ", new TreeSet<>(offered)))
                .toList();
    }
}
