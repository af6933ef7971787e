package org.polyphony.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.engine.export.PreferencePairs.Counts;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

class PreferencePairsTest {

    // c beats b beats a beats c, and d loses to everybody
    private static final double[] CYCLE = {
        0.5, 0.1, 0.8, 1, //
        0.9, 0.5, 0.1, 1, //
        0.2, 0.9, 0.5, 1, //
        0, 0, 0, 0.5
    };
    private static final double[] EQUILIBRIUM = {4 / 11.0, 3 / 11.0, 4 / 11.0, 0};

    private final List<PreferencePair> pairs = new ArrayList<>();

    @Test
    void tell_all_isEveryPairOfAllowedCandidatesOnce() {
        tell(CYCLE, new byte[] {1, 1, 1, 1}, EQUILIBRIUM, PairSelection.ALL, PairWeights.POLICY);
        assertThat(pairs.stream().map(PreferencePairsTest::ids))
                .containsExactly("b>a", "a>c", "a>d", "c>b", "b>d", "c>d");
        assertThat(pairs.getFirst().evidence().winProbability()).isEqualTo(0.9);
        assertThat(pairs.getFirst().margin()).isEqualTo(0.9 - 0.5);
        assertThat(pairs.getFirst().weight()).isCloseTo(12 / 121.0, within(1e-15));
        assertThat(pairs.get(2).weight()).isZero();
        assertThat(pairs.get(2).rejected().logPolicy()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(pairs.get(2).rejected().logReference()).isEqualTo(Math.log(0.25));
    }

    @ParameterizedTest
    @EnumSource(PairSelection.class)
    void tell_maskedCandidate_isInNoPairAndHasNoReference(PairSelection selection) {
        tell(CYCLE, new byte[] {1, 1, 1, 0}, EQUILIBRIUM, selection, PairWeights.UNIFORM);
        assertThat(pairs).isNotEmpty().noneMatch(pair -> ids(pair).contains("d"));
        assertThat(pairs.getFirst().chosen().logReference()).isCloseTo(Math.log(1 / 3.0), within(1e-15));
    }

    @Test
    void tell_randomMasks_neverTellAMaskedCandidate() {
        var random = new SplittableRandom(3);
        for (int n = 0; n < 500; n++) {
            var allowed = new byte[] {1, 1, 1, 1};
            for (int i = 0; i < 4; i++) {
                allowed[i] = (byte) random.nextInt(2);
            }
            pairs.clear();
            // what a policy with mass on a masked candidate is worth is the verifier's to say
            tell(CYCLE, allowed, EQUILIBRIUM, PairSelection.ALL, PairWeights.POLICY);
            for (int i = 0; i < 4; i++) {
                var id = String.valueOf((char) ('a' + i));
                assertThat(allowed[i] == 1
                                || pairs.stream().noneMatch(pair -> ids(pair).contains(id)))
                        .isTrue();
            }
        }
    }

    @Test
    void tell_top_hasThePolicysFirstCandidateInEveryPair() {
        tell(
                new double[] {0.5, 0.6, 0.7, 0.9, 0.4, 0.5, 0.8, 0.9, 0.3, 0.2, 0.5, 0.9, 0.1, 0.1, 0.1, 0.5},
                new byte[] {1, 1, 1, 1},
                new double[] {1, 0, 0, 0},
                PairSelection.TOP,
                PairWeights.POLICY);
        assertThat(pairs.stream().map(PreferencePairsTest::ids)).containsExactly("a>b", "a>c", "a>d");
    }

    @Test
    void tell_decided_leavesTiesOut() {
        var even = new double[16];
        java.util.Arrays.fill(even, 0.5);
        var counts = tell(
                even,
                new byte[] {1, 1, 1, 1},
                new double[] {.25, .25, .25, .25},
                PairSelection.DECIDED,
                PairWeights.POLICY);
        assertThat(pairs).isEmpty();
        assertThat(counts.ties).isEqualTo(6);
    }

    @Test
    void tell_policyThatIsNoEquilibrium_isLeftOut() {
        var counts =
                tell(CYCLE, new byte[] {1, 1, 1, 1}, new double[] {1, 0, 0, 0}, PairSelection.ALL, PairWeights.POLICY);
        assertThat(pairs).isEmpty();
        assertThat(counts.notCertified).isEqualTo(1);
    }

    @Test
    void tell_judgments_countsWhatComparesThePair() {
        tell(CYCLE, new byte[] {1, 1, 1, 1}, EQUILIBRIUM, PairSelection.ALL, PairWeights.JUDGMENTS);
        // one pair (a, b) of weight 2, one ranking of a, b and c
        assertThat(pairs.stream().map(pair -> ids(pair) + " " + pair.weight()))
                .containsExactly("b>a 3.0", "a>c 1.0", "a>d 0.0", "c>b 1.0", "b>d 0.0", "c>d 0.0");
    }

    @Test
    void tell_regularisedPolicy_isTheMinimiserOfTheSoftLabelLoss() {
        double tau = 0.3;
        var policy = new double[] {.25, .25, .25, .25};
        for (int t = 0; t < 2000; t++) { // damped fixed point of π ∝ μ exp(Pπ/τ)
            double sum = 0;
            var next = new double[4];
            for (int i = 0; i < 4; i++) {
                double w = 0;
                for (int j = 0; j < 4; j++) {
                    w += CYCLE[4 * i + j] * policy[j];
                }
                next[i] = Math.sqrt(policy[i] * Math.exp(w / tau));
                sum += next[i];
            }
            for (int i = 0; i < 4; i++) {
                policy[i] = next[i] / sum;
            }
        }
        var games = games(CYCLE, new byte[] {1, 1, 1, 1});
        var options = new ExportOptions(
                TrainerFormat.TRL,
                Formulation.POPULATION,
                PairSelection.ALL,
                PairWeights.POLICY,
                OptionalDouble.empty());
        PreferencePairs.tell(games, judgments(), certified(games, policy, tau), options, pairs::add);

        // the gradient of Σ weight (log-ratio difference − margin)² with respect to each candidate's
        // log-ratio
        var gradient = new double[4];
        for (var pair : pairs) {
            double residual = pair.chosen().logPolicy()
                    - pair.chosen().logReference()
                    - (pair.rejected().logPolicy() - pair.rejected().logReference())
                    - pair.margin();
            gradient[pair.chosen().id().charAt(0) - 'a'] += pair.weight() * residual;
            gradient[pair.rejected().id().charAt(0) - 'a'] -= pair.weight() * residual;
            assertThat(pair.step()).isEqualTo(1 / tau);
        }
        assertThat(pairs).hasSize(6);
        assertThat(gradient).containsExactly(new double[4], within(1e-12));
    }

    private Counts tell(double[] p, byte[] allowed, double[] policy, PairSelection selection, PairWeights weights) {
        var games = games(p, allowed);
        var options = new ExportOptions(
                TrainerFormat.TRL, Formulation.POPULATION, selection, weights, OptionalDouble.empty());
        return PreferencePairs.tell(games, judgments(), certified(games, policy, 0), options, pairs::add);
    }

    private static PreferenceGames games(double[] p, byte[] allowed) {
        var bucket = GameBucket.of(Tensor.ofInts(new int[1], 1), Tensor.ofDoubles(p, 1, 1, 4, 4))
                .withAllowed(Tensor.ofBytes(allowed, 1, 4));
        return PreferenceGames.of(List.of("all"), Tensor.ofDoubles(new double[] {1}, 1), List.of(bucket));
    }

    private static CertifiedSolution certified(PreferenceGames games, double[] policy, double tau) {
        var log = new double[policy.length];
        for (int i = 0; i < log.length; i++) {
            log[i] = Math.log(policy[i]);
        }
        return Certification.certify(
                SealedGames.of(games),
                Formulation.POPULATION,
                "test",
                PolicySolution.of(List.of(SolutionBucket.of(
                        Tensor.ofDoubles(log, 1, log.length),
                        Tensor.ofDoubles(new double[] {tau}, 1),
                        Tensor.ofInts(new int[1], 1),
                        Tensor.ofBytes(new byte[1], 1),
                        Tensor.ofBytes(new byte[1], 1)))),
                _ -> {});
    }

    private static Judgments judgments() {
        var candidates = Candidates.of(
                List.of("q"), List.of("why?"), List.of("a", "b", "c", "d"), List.of("A", "B", "C", "D"), new int[] {0, 4
                });
        return Judgments.of(
                candidates,
                new Judges(List.of("w"), List.of()),
                JudgmentColumns.of(
                        Tensor.ofBytes(new byte[] {0, 1}, 2),
                        Tensor.ofInts(new int[2], 2),
                        Tensor.ofInts(new int[2], 2),
                        Tensor.ofInts(new int[0], 0),
                        Tensor.ofDoubles(new double[] {2, 1}, 2)),
                new Entries(
                        Tensor.ofInts(new int[] {0, 2, 5}, 3),
                        Tensor.ofInts(new int[] {1, 0, 0, 1, 2}, 5),
                        Tensor.ofDoubles(new double[] {1, 0, -1, -2, -3}, 5),
                        true));
    }

    private static String ids(PreferencePair pair) {
        return pair.chosen().id() + ">" + pair.rejected().id();
    }
}
