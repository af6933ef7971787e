package org.polyphony.spi.preference;

import java.util.List;
import org.polyphony.spi.profile.PreferenceEstimate;

/// What generated data were drawn from, to measure how well it was recovered. Profilers and algorithms
/// never see it.
///
/// @param attribute the attribute whose levels are the groups, for example `role`
/// @param groups the groups, in the order of the tensors' stakeholders
/// @param preferences true P per item, with zero uncertainty
public record GroundTruth(String attribute, List<String> groups, PreferenceEstimate preferences) {

    public GroundTruth {
        groups = List.copyOf(groups);
    }

    /// The truth about the groups of an attribute.
    public static GroundTruth of(String attribute, List<String> groups, PreferenceEstimate preferences) {
        return new GroundTruth(attribute, groups, preferences);
    }
}
