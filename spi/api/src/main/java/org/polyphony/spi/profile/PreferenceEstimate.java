package org.polyphony.spi.profile;

import java.util.List;

/// Estimated preferences about the candidates of items, in buckets of equal K.
///
/// @param blends what the answer to each viewpoint was made of, in the order of the tensors
/// @param pairs one per number of candidates, ascending K; within a bucket ascending item; empty where
///     scores were asked for
/// @param scores likewise; empty where pairs were asked for
public record PreferenceEstimate(List<Blend> blends, List<PreferenceBucket> pairs, List<ScoreBucket> scores) {

    public PreferenceEstimate {
        blends = List.copyOf(blends);
        pairs = List.copyOf(pairs);
        scores = List.copyOf(scores);
    }

    /// An estimate of these pairs.
    public static PreferenceEstimate of(List<Blend> blends, List<PreferenceBucket> pairs) {
        return new PreferenceEstimate(blends, pairs, List.of());
    }

    /// Preferences of these seats behind which no judgment stands, such as a truth.
    public static PreferenceEstimate ofSeats(List<String> seats, List<PreferenceBucket> pairs) {
        return of(seats.stream().map(seat -> Blend.ofSeat(seat, 0, 0)).toList(), pairs);
    }

    /// An estimate of these scores.
    public static PreferenceEstimate ofScores(List<Blend> blends, List<ScoreBucket> scores) {
        return new PreferenceEstimate(blends, List.of(), scores);
    }

    /// Ids of the viewpoints: the stakeholders of games made of this.
    public List<String> viewpoints() {
        return blends.stream().map(Blend::viewpoint).toList();
    }
}
