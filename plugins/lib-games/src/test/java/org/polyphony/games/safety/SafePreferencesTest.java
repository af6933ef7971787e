package org.polyphony.games.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.polyphony.games.ReferenceNumbers.flat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.Preferences;
import org.polyphony.games.RandomGames;
import org.polyphony.games.ReferenceNumbers;
import org.polyphony.games.RegularisedPopulationSolver;
import org.polyphony.games.safety.SafePreferences.Contract;

class SafePreferencesTest {

    private static final double NEVER = 1e-20;

    private final PopulationSolver solver = new PopulationSolver();

    static Stream<JsonNode> rows() {
        return StreamSupport.stream(
                ReferenceNumbers.tree("safe_game.json").get("rows").spliterator(), false);
    }

    @ParameterizedTest(name = "self-computed: {0}")
    @MethodSource("rows")
    void margin_regularisedGame_leaksTheReferenceMass(JsonNode row) {
        var game = ReferenceNumbers.tree("safe_game.json");
        boolean[] unsafe = flags(flat(game.get("unsafe")));
        var safe = SafePreferences.of(
                flat(game.get("P")), 1, unsafe, row.get("delta").asDouble(), Contract.MARGIN);

        double mass = mass(
                new RegularisedPopulationSolver(row.get("tau").asDouble())
                        .solve(safe.p(), safe.allowed(), new double[8])
                        .policy(),
                unsafe);

        double expected = row.get("unsafe_mass").asDouble();
        assertThat(mass).isLessThan(Math.max(NEVER, 2 * expected));
        if (expected > NEVER) {
            assertThat(mass).isCloseTo(expected, within(1e-6 * expected));
        }
    }

    @ParameterizedTest
    @EnumSource(Contract.class)
    void everyContract_tenThousandGames_unsafeGetNothingAndTheSafePlayTheirOwnGame(Contract contract) {
        var random = new SplittableRandom(contract.name().hashCode());
        var kinds = RandomGames.values();
        for (int n = 0; n < 10_000; n++) {
            int k = 1 + random.nextInt(7);
            var kind = kinds[n % kinds.length];
            double[] p = RandomGames.stakeholders(kind, random, 2, k);
            boolean[] unsafe = unsafe(random, n, k);
            double[] weights = {random.nextDouble(), 1};

            var safe = SafePreferences.of(p, 2, unsafe, random.nextDouble(), contract);

            if (mass(ones(k), unsafe) == k) {
                assertThat(safe.allowed().isEmpty()).isTrue();
                continue;
            }
            double[] mixed = Preferences.mix(safe.p(), 2, k, weights);
            double[] policy = solver.solve(mixed, safe.allowed()).policy();
            assertThat(mass(policy, unsafe)).as("game %d of %s", n, kind).isZero();
            // among the safe it is an equilibrium of what they themselves are preferred by
            var among = SafePreferences.of(p, 2, unsafe, 0, Contract.MASK).allowed();
            double[] original = among.restrictMatrices(Preferences.mix(p, 2, k, weights), 1);
            assertThat(RandomGames.gap(original, among.count(), among.restrict(policy)))
                    .as("game %d of %s", n, kind)
                    .isLessThan(1e-12);
        }
    }

    @Test
    void margin_beforeMixing_noWeightBuysAnUnsafeCandidateAnything() {
        // everybody but a sliver prefers the unsafe candidate
        double[] p = {0.5, 0, 1, 0.5, 0.5, 1, 0, 0.5};
        boolean[] unsafe = {false, true};

        var safe = SafePreferences.of(p, 2, unsafe, 0.5, Contract.MARGIN);

        assertThat(safe.p()).containsExactly(0.5, 1.5, -0.5, 0.5, 0.5, 1.5, -0.5, 0.5);
        assertThat(solver.solve(Preferences.mix(safe.p(), 2, 2, new double[] {0.999, 0.001}), 2)
                        .policy())
                .containsExactly(1, 0);
    }

    @Test
    void mask_leavesPreferencesAlone() {
        double[] p = {0.5, 0.2, 0.8, 0.5};

        var safe = SafePreferences.of(p, 1, new boolean[] {true, false}, 3, Contract.MASK);

        assertThat(safe.p()).isSameAs(p);
        assertThat(solver.solve(p, safe.allowed()).policy()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @EnumSource(Contract.class)
    void everythingUnsafe_isARefusalNotAPolicy(Contract contract) {
        var safe = SafePreferences.of(new double[] {0.5, 0.2, 0.8, 0.5}, 1, new boolean[] {true, true}, 1, contract);

        assertThat(safe.allowed().isEmpty()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(safe.p(), safe.allowed()))
                .withMessageContaining("refuse instead of solving");
    }

    @Test
    void margin_negative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafePreferences.of(new double[] {0.5}, 1, new boolean[1], -1, Contract.MARGIN))
                .withMessageContaining("margin is -1.0");
    }

    private static boolean[] unsafe(SplittableRandom random, int game, int k) {
        var unsafe = new boolean[k];
        int only = random.nextInt(k);
        for (int i = 0; i < k; i++) {
            boolean drawn = random.nextBoolean();
            unsafe[i] = game % 4 == 0 || (game % 4 == 1 ? i != only : drawn);
        }
        return unsafe;
    }

    private static boolean[] flags(double[] values) {
        var flags = new boolean[values.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = values[i] != 0;
        }
        return flags;
    }

    private static double[] ones(int k) {
        var ones = new double[k];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double mass(double[] policy, boolean[] unsafe) {
        double mass = 0;
        for (int i = 0; i < policy.length; i++) {
            mass += unsafe[i] ? policy[i] : 0;
        }
        return mass;
    }
}
