package org.polyphony.engine.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestStudies;

class UnjudgedPairsTest {

    private static final List<String> SEATS = List.of("nurse", "patient");

    // of two items with three candidates: nurses compared 0 with 1 of the first, patients 1 with 2 of it
    private static PreferenceEstimate estimate() {
        var p = new double[2 * 2 * 9];
        Arrays.fill(p, 0.5);
        var counts = new double[p.length];
        counts[1] = 3;
        counts[3] = 3;
        counts[9 + 5] = 1;
        counts[9 + 7] = 1;
        return PreferenceEstimate.ofSeats(
                SEATS,
                List.of(PreferenceBucket.of(
                        Tensor.ofInts(new int[] {0, 1}, 2),
                        Tensor.ofDoubles(p, 2, 2, 3, 3),
                        Tensor.ofDoubles(new double[p.length], 2, 2, 3, 3),
                        Tensor.ofDoubles(counts, 2, 2, 3, 3))));
    }

    private static PreferenceGames games(PreferenceEstimate estimate, byte... allowed) {
        var bucket = estimate.pairs().getFirst();
        return PreferenceGames.of(
                SEATS,
                Tensor.ofDoubles(new double[] {0.5, 0.5}, 2),
                List.of(GameBucket.of(bucket.items(), bucket.p()).withAllowed(Tensor.ofBytes(allowed, 2, 3))));
    }

    private static CertifiedSolution playing(PreferenceGames games, double... policies) {
        var uniform = TestStudies.uniform(games);
        var bucket = uniform.solution().buckets().getFirst();
        var logs = Tensor.ofDoubles(Arrays.stream(policies).map(Math::log).toArray(), 2, 3);
        var solution = SolutionBucket.of(
                logs, bucket.tau(), bucket.iterations(), bucket.converged(), Tensor.ofBytes(new byte[2], 2));
        return new CertifiedSolution(
                "population", "test", PolicySolution.of(List.of(solution)), uniform.certificates());
    }

    @Test
    void of_somePairsJudged_isTheMassOnTheOthers() {
        var estimate = estimate();
        var games = games(estimate, new byte[] {1, 1, 1, 1, 1, 1});
        // 0 and 2 were compared with one of two others, 1 with both; nothing of the second item was
        var mass = UnjudgedPairs.of(estimate, games, playing(games, 0.5, 0.3, 0.2, 0, 1, 0))
                .orElseThrow();
        assertThat(mass.largest()).isEqualTo(1);
        assertThat(mass.mean()).isCloseTo((0.35 + 1) / 2, within(1e-12));
    }

    @Test
    void of_refusedCandidates_areNoPairs() {
        var estimate = estimate();
        var games = games(estimate, new byte[] {1, 1, 0, 1, 0, 0});
        var mass = UnjudgedPairs.of(estimate, games, playing(games, 0.5, 0.5, 0, 1, 0, 0));
        assertThat(mass)
                .as("one pair, which was judged; and one item without a choice")
                .contains(new UnjudgedPairs(0, 0));
        var none = games(estimate, new byte[] {1, 0, 0, 1, 0, 0});
        assertThat(UnjudgedPairs.of(estimate, none, playing(none, 1, 0, 0, 1, 0, 0)))
                .isEqualTo(Optional.empty());
    }
}
