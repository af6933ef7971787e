package org.polyphony.plugin.profile.groups;

import java.util.List;
import java.util.function.Function;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;

/// The golden input of the self-test: an election of one by three voters.
final class GoldenElection {
    private GoldenElection() {}

    /// The share of the first candidate in what a fit of this election answers.
    static double share(Function<FitRequest, Artefact> fit) {
        var judgments = Judgments.of(
                Candidates.of(List.of("mayor"), List.of(""), List.of("a", "b"), List.of("", ""), new int[] {0, 2}),
                Judges.of(List.of("v1", "v2", "v3"), new Judges.GroupAttribute("electorate", List.of("voters"))),
                JudgmentColumns.of(
                        Tensor.ofBytes(new byte[] {0, 0, 0}, 3),
                        Tensor.ofInts(new int[3], 3),
                        Tensor.ofInts(new int[] {0, 1, 2}, 3),
                        Tensor.ofInts(new int[3], 3, 1),
                        Tensor.ofDoubles(new double[] {1, 1, 1}, 3)),
                Entries.of(
                        Tensor.ofInts(new int[] {0, 2, 4, 6}, 4),
                        Tensor.ofInts(new int[] {0, 1, 0, 1, 0, 1}, 6),
                        Tensor.ofDoubles(new double[] {1, 0, 1, 0, 0, 1}, 6),
                        true));
        var seating = Seating.of("electorate", List.of("voters"));
        var artefact = fit.apply(FitRequest.of(judgments, Tensor.ofDoubles(new double[] {1, 1, 1}, 3), seating));
        return ProfileArtefact.read(artefact).probability(0, 0, 0, 1);
    }
}
