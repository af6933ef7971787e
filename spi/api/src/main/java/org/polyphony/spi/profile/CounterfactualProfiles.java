package org.polyphony.spi.profile;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/// Profiles that can be asked what somebody would prefer if they valued something else. Experimental.
@ConsumerType
public interface CounterfactualProfiles extends ValueProfiles {

    /// The profiles of `seat` with some values set to others and all else held equal.
    ///
    /// @param values value dimension → its new level, in the profile's own unit
    ValueProfiles counterfactual(String seat, Map<String, Double> values);
}
