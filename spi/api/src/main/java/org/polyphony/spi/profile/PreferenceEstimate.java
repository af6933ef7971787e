package org.polyphony.spi.profile;

import java.util.List;

/// Estimated preferences of stakeholders about the candidates of items, in buckets of equal K.
///
/// @param stakeholders the seats, in the order of the tensors
/// @param buckets one per number of candidates, ascending K; within a bucket ascending item
public record PreferenceEstimate(List<String> stakeholders, List<PreferenceBucket> buckets) {

    public PreferenceEstimate {
        stakeholders = List.copyOf(stakeholders);
        buckets = List.copyOf(buckets);
    }

    /// An estimate of these buckets.
    public static PreferenceEstimate of(List<String> stakeholders, List<PreferenceBucket> buckets) {
        return new PreferenceEstimate(stakeholders, buckets);
    }
}
