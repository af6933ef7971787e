package org.polyphony.spi.profile;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/// Profiles that can be mixed into one: what a person between the groups would value.
@ConsumerType
public interface BlendableProfiles extends ValueProfiles {

    /// Profiles with one seat, `blend`, that values the mixture.
    ///
    /// @param weights seat → weight, non-negative, not all zero; normalised to sum to one
    ValueProfiles blend(Map<String, Double> weights);
}
