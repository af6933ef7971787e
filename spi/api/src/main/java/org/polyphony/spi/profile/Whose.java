package org.polyphony.spi.profile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.annotation.versioning.ProviderType;
import org.polyphony.spi.artefact.Artefact;

/// Whose preferences are asked for.
@ProviderType
public sealed interface Whose {

    /// A mixture of seats: somebody drawn from them by these weights.
    ///
    /// @param weights seat → weight, non-negative and not all zero; normalised to sum to one
    record Seats(Map<String, Double> weights) implements Whose {

        public Seats {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        }
    }

    /// One person, known from the fit or from what was learned of them since.
    ///
    /// @param id the annotator's id
    /// @param adapted what was learned of this person after the fit, as [AdaptiveProfiles#adapt] answered it
    record Person(String id, Optional<Artefact> adapted) implements Whose {}

    /// Whoever these claims are true of: the seats that fit them, weighted by their people.
    ///
    /// A seat fits unless a claim contradicts it; without claims every seat fits.
    ///
    /// @param claims attribute → the levels that are claimed of it
    record Claiming(Map<String, List<String>> claims) implements Whose {

        public Claiming {
            SortedMap<String, List<String>> sorted = new TreeMap<>();
            claims.forEach((attribute, levels) -> sorted.put(attribute, List.copyOf(levels)));
            claims = Collections.unmodifiableSortedMap(sorted);
        }
    }
}
