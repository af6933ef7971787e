package org.polyphony.engine.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.tensor.Tensor;

/// Several games of several stakeholders at once: every row is certified as the game it stands beside, and what is
/// held back of one leaves the others as they are.
class CertifiedRowsTest {

    private static final double[] CYCLE = {0.5, 1, 0, 0, 0.5, 1, 1, 0, 0.5};
    private static final double[] BACK = {0.5, 0, 1, 1, 0.5, 0, 0, 1, 0.5};
    /// candidate 0 beats 1 beats 2, and 0 beats 2 less clearly
    private static final double[] LINE = {0.5, 0.9, 0.7, 0.1, 0.5, 0.8, 0.3, 0.2, 0.5};

    private static final int S = 2;
    private static final int K = 3;
    private static final int GAMES = 3;

    private final List<HeldBack> held = new ArrayList<>();

    /// Both want the same cycle; they want opposite cycles; one wants a line and the other the cycle. The second game
    /// is between candidates 0 and 1 only.
    private static PreferenceGames games() {
        var p = new double[GAMES * S * K * K];
        double[][] rows = {CYCLE, CYCLE, CYCLE, BACK, LINE, CYCLE};
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, p, row * K * K, K * K);
        }
        return PreferenceGames.of(
                List.of("one", "other"),
                Tensor.ofDoubles(new double[] {0.25, 0.75}, S),
                List.of(GameBucket.of(Tensor.ofInts(new int[] {0, 1, 2}, GAMES), Tensor.ofDoubles(p, GAMES, S, K, K))
                        .withAllowed(Tensor.ofBytes(new byte[] {1, 1, 1, 1, 1, 0, 1, 1, 1}, GAMES, K))));
    }

    private static SolutionBucket answer(double tau, double[]... policies) {
        return SolutionBucket.of(
                logs(policies),
                Tensor.ofDoubles(new double[] {tau, tau, tau}, GAMES),
                Tensor.ofInts(new int[] {7, 8, 9}, GAMES),
                Tensor.ofBytes(new byte[] {1, 1, 1}, GAMES),
                Tensor.ofBytes(new byte[GAMES], GAMES));
    }

    private static Tensor logs(double[]... policies) {
        double[] logs = Arrays.stream(policies)
                .flatMapToDouble(Arrays::stream)
                .map(Math::log)
                .toArray();
        return Tensor.ofDoubles(logs, policies.length, K);
    }

    private static double[] policy(double... masses) {
        return masses;
    }

    private CertifiedSolution certify(String formulation, SolutionBucket answer) {
        return Certification.certify(
                SealedGames.of(games()), formulation, "mine", PolicySolution.of(List.of(answer)), held::add);
    }

    private static Standing[] standings(CertifiedSolution solution) {
        var standings = new Standing[GAMES];
        Arrays.setAll(standings, g -> Standing.of(solution, g));
        return standings;
    }

    /// Mixtures by weights 1/4 and 3/4: the cycle; half the cycle backwards, where 1 beats 0 by 3/4; and so on. Gains
    /// by hand: all on the favourite against what is played.
    @Test
    void population_rows_haveTheirOwnGapsGainsAndUtilities() {
        double third = 1.0 / 3;
        var solution = certify(
                Formulation.POPULATION,
                answer(0, policy(third, third, third), policy(0, 1, 0), policy(third, third, third)));
        var found = solution.certificates().getFirst();

        assertThat(standings(solution)).containsExactly(Standing.CERTIFIED, Standing.CERTIFIED, Standing.REJECTED);
        // the third: mixed margins of the line and the cycle, row means .25 (.6, -.1, -.5) / 3
        assertThat(found.gap().toDoubles()).containsExactly(new double[] {0, 0, 2 * 0.25 * 0.6 / 3}, within(1e-12));
        assertThat(found.gapTau().toDoubles()).containsExactly(found.gap().toDoubles(), within(1e-15));
        double[] gains = found.deployment().unilateralGain().toDoubles();
        // against candidate 1: the first wants 0, by 1/2; the other has what it wants
        assertThat(Arrays.copyOf(gains, 4)).containsExactly(new double[] {0, 0, 0.5, 0}, within(1e-12));
        double[] utility = found.deployment().utility().toDoubles();
        // against a draw of 0 and 1
        assertThat(Arrays.copyOf(utility, 4)).containsExactly(new double[] {0.5, 0.5, 0.25, 0.75}, within(1e-12));
        assertThat(Arrays.copyOfRange(utility, 4, 6)).containsExactly(Double.NaN, Double.NaN);
        assertThat(held).singleElement().satisfies(one -> {
            assertThat(one.game()).isEqualTo(2);
            assertThat(one.code()).isEqualTo(HeldBack.REJECTED);
            assertThat(one.why()).contains("above 1.0E-6").doesNotContain("at tau");
        });
        double[] logs = solution.solution().buckets().getFirst().logPolicy().toDoubles();
        assertThat(Arrays.copyOfRange(logs, 6, 9)).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(Arrays.copyOf(logs, 3))
                .containsExactly(new double[] {Math.log(third), Math.log(third), Math.log(third)}, within(1e-12));
        assertThat(solution.solution().buckets().getFirst().refused().toBytes()).containsExactly(0, 0, 1);
        assertThat(solution.solution().buckets().getFirst().iterations().toInts())
                .containsExactly(7, 8, 9);
        assertThat(Standing.CERTIFIED.count(solution)).isEqualTo(2);
        assertThat(Standing.REJECTED.count(solution)).isOne();
        assertThat(Arrays.stream(Standing.values()).filter(Standing::published))
                .containsExactly(Standing.CERTIFIED, Standing.VALID);
    }

    /// At tau the regularised gap is proved, the plain one shown; what is off is said with tau.
    @Test
    void population_atTau_showsBothGaps() {
        double third = 1.0 / 3;
        var solution = certify(
                Formulation.POPULATION,
                answer(0.5, policy(third, third, third), policy(0.5, 0.5, 0), policy(third, third, third)));
        var found = solution.certificates().getFirst();

        // 2 τ log ½(e^{a/τ} + e^{-a/τ}) with a = 1/8, what the mixture prefers 1 to the even policy by
        double gap = 2 * 0.5 * Math.log((Math.exp(0.125 / 0.5) + Math.exp(-0.125 / 0.5)) / 2);
        assertThat(found.gap().getDouble(1)).isCloseTo(0.25, within(1e-12));
        assertThat(found.gapTau().getDouble(1)).isCloseTo(gap, within(1e-12));
        assertThat(held).extracting(HeldBack::game).containsExactly(1, 2);
        assertThat(held.getFirst().why()).contains("at tau 0.5");
    }

    /// One profile a game. In the first everybody plays a third each, in the second its favourite: equilibria.
    /// In the third the first stakeholder meets candidate 2, which 0 beats by .2 and 1 by .3.
    @Test
    void stakeholder_rows_haveTheirOwnProfiles() {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        double[] zero = policy(1, 0, 0);
        double[] one = policy(0, 1, 0);
        double[] two = policy(0, 0, 1);
        // on 0 and 1: the first always prefers 0 and the other 1
        var profile = logs(even, even, zero, one, zero, two);
        var solution = certify(
                Formulation.STAKEHOLDER,
                answer(0, even, policy(0.25, 0.75, 0), policy(0.5, 0, 0.5)).withProfile(profile.reshape(GAMES, S, K)));
        var found = solution.certificates().getFirst();

        assertThat(standings(solution)).containsExactly(Standing.CERTIFIED, Standing.CERTIFIED, Standing.REJECTED);
        assertThat(Arrays.copyOf(found.equilibrium().nashConv().toDoubles(), 4))
                .containsExactly(new double[4], within(1e-12));
        assertThat(found.gap().toDoubles()).containsExactly(new double[] {0, 0, 0.1}, within(1e-12));
        assertThat(found.equilibrium().delta().toDoubles()).containsExactly(new double[] {0, 1, 0.7}, within(1e-12));
        assertThat(found.equilibrium().uniqueGuaranteed().toBytes()).containsExactly(0, 0, 0);
        var bucket = solution.solution().buckets().getFirst();
        double[] logs = bucket.profile().orElseThrow().toDoubles();
        assertThat(Arrays.copyOfRange(logs, 12, 18)).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(logs[6]).isZero();
        assertThat(logs[10]).isZero();
    }

    @Test
    void stakeholder_servedPolicyThatIsNoMixture_isRejected() {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        var profile =
                logs(even, even, policy(1, 0, 0), policy(0, 1, 0), even, even).reshape(GAMES, S, K);
        var solution = certify(
                Formulation.STAKEHOLDER,
                answer(0, even, policy(0.75, 0.25, 0), even).withProfile(profile));

        assertThat(held).extracting(HeldBack::game).containsExactly(1, 2);
        assertThat(held.getFirst().why()).contains("not the weighted mixture of its profile");
        assertThat(Standing.of(solution, 1)).isEqualTo(Standing.REJECTED);
    }

    /// Equilibria of one cycle at a temperature above half of the largest difference are unique.
    @Test
    void stakeholder_aboveTheDifference_isUnique() {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        double[] half = policy(0.5, 0.5, 0);
        var profile = logs(even, even, half, half, even, even).reshape(GAMES, S, K);
        var solution =
                certify(Formulation.STAKEHOLDER, answer(0.45, even, half, even).withProfile(profile));

        assertThat(solution.certificates()
                        .getFirst()
                        .equilibrium()
                        .uniqueGuaranteed()
                        .toBytes())
                .containsExactly(1, 0, 1);
    }

    /// The cycle is worth nothing to deviate from, opposite wishes on two candidates a quarter at least, by the duals
    /// that put half on each one's favourite.
    @Test
    void consensus_withDuals_isProvedRowByRow() {
        double third = 1.0 / 3;
        var duals = new double[GAMES * S * K];
        Arrays.fill(duals, 0, 6, 1.0 / 6);
        duals[6] = 0.5;
        duals[10] = 0.5;
        Arrays.fill(duals, 12, 18, 1.0 / 6);
        double[] even = policy(third, third, third);
        var solution = certify(
                Formulation.CONSENSUS,
                answer(0, even, policy(0.5, 0.5, 0), even).withDuals(Tensor.ofDoubles(duals, GAMES, S, K)));

        assertThat(standings(solution)).containsExactly(Standing.CERTIFIED, Standing.CERTIFIED, Standing.REJECTED);
        double[] left =
                solution.solution().buckets().getFirst().duals().orElseThrow().toDoubles();
        assertThat(Arrays.copyOfRange(left, 12, 18)).containsOnly(0);
        assertThat(Arrays.copyOf(left, 12)).containsExactly(Arrays.copyOf(duals, 12));
    }

    @Test
    void consensus_withoutDuals_isNeitherProvedNorRefuted() {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        var solution = certify(Formulation.CONSENSUS, answer(0, even, policy(0.5, 0.5, 0), even));

        assertThat(held).isEmpty();
        assertThat(standings(solution)).containsExactly(Standing.CERTIFIED, Standing.VALID, Standing.VALID);
    }

    @Test
    void measure_whatNobodyClaims_isValid() {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        var answer = PolicySolution.of(List.of(answer(0, even, policy(0.5, 0.5, 0), policy(0, 0, 1))));
        var solution =
                Certification.measure(SealedGames.of(games()), Formulation.POPULATION, "mine", answer, held::add);

        assertThat(held).isEmpty();
        assertThat(standings(solution)).containsExactly(Standing.CERTIFIED, Standing.VALID, Standing.VALID);
        assertThat(standings(solution.withLeftOut("arm")))
                .containsExactly(Standing.VALID, Standing.VALID, Standing.VALID);
    }

    @ParameterizedTest
    @CsvSource({"refused, 2", "converged, 3", "converged, -1"})
    void certify_flagThatIsNone_isABreach(String column, byte value) {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        var answer = answer(0, even, policy(0, 1, 0), policy(0, 1, 0));
        (column.equals("refused") ? answer.refused() : answer.converged()).setByte(1, value);
        var solution = certify(Formulation.POPULATION, answer);

        assertThat(held.getFirst())
                .isEqualTo(new HeldBack(1, HeldBack.BROKEN, column + " is " + value + ", neither 0 nor 1"));
        assertThat(Standing.of(solution, 1)).isEqualTo(Standing.REFUSED);
        var bucket = solution.solution().buckets().getFirst();
        assertThat(bucket.refused().getByte(1)).isEqualTo((byte) 1);
        assertThat(bucket.converged().getByte(1)).isZero();
        assertThat(Standing.of(solution, 0)).isEqualTo(Standing.CERTIFIED);
    }

    @Test
    void certify_profileOfTheOtherStakeholderWithMassElsewhere_isABreach() {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        var profile = logs(even, even, policy(1, 0, 0), policy(0, 0.5, 0.5), even, even)
                .reshape(GAMES, S, K);
        certify(
                Formulation.STAKEHOLDER,
                answer(0, even, policy(0.25, 0.75, 0), even).withProfile(profile));

        assertThat(held.getFirst().game()).isEqualTo(1);
        assertThat(held.getFirst().why()).startsWith("its policy of stakeholder 1 has mass at candidate 2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e-300})
    void certify_dualsThatAreNone_areABreach(double dual) {
        double third = 1.0 / 3;
        double[] even = policy(third, third, third);
        var duals = new double[GAMES * S * K];
        Arrays.fill(duals, 1.0 / 6);
        duals[11] = 0;
        duals[17] = dual;
        certify(
                Formulation.CONSENSUS,
                answer(0, even, policy(0.5, 0.5, 0), even).withDuals(Tensor.ofDoubles(duals, GAMES, S, K)));

        assertThat(held)
                .filteredOn(one -> one.code().equals(HeldBack.BROKEN))
                .containsExactly(new HeldBack(2, HeldBack.BROKEN, "its duals hold " + dual));
    }

    @Test
    void requireShapes_whatIsMissing_isNamed() {
        double[] even = policy(0.5, 0.5, 0);
        var bare = PolicySolution.of(List.of(answer(0, even, even, even)));
        Certification.requireShapes(games(), Formulation.POPULATION, "mine", bare);
        assertThatThrownBy(() -> Certification.requireShapes(games(), Formulation.STAKEHOLDER, "mine", bare))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("answered none where a profile is needed");
        assertThatThrownBy(() -> Certification.requireShapes(games(), Formulation.LEXIMIN, "mine", bare))
                .hasMessageContaining("duals");
        var flat = PolicySolution.of(List.of(
                answer(0, even, even, even).withDuals(Tensor.ofDoubles(new double[GAMES * S * K], GAMES, S, K))));
        Certification.requireShapes(games(), Formulation.MAXMIN, "mine", flat);
        assertThatThrownBy(() -> Certification.requireShapes(games(), Formulation.LEXIMIN, "mine", flat))
                .hasMessageContaining("[3, 2, 2, 3]");
    }

    /// Nobody wants anything else than candidate 2 in the first game, and nobody anything in the second: each level
    /// of each game has duals of its own.
    @Test
    void leximin_rows_haveTheirOwnLevels() {
        double[] last = {0.5, 0, 1, 0.5};
        double[] any = {0.5, 0.5, 0.5, 0.5};
        var p = new double[2 * 2 * 4];
        double[][] rows = {last, last, any, last};
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, p, 4 * row, 4);
        }
        var games = PreferenceGames.of(
                List.of("one", "other"),
                Tensor.ofDoubles(new double[] {0.5, 0.5}, 2),
                List.of(GameBucket.of(Tensor.ofInts(new int[2], 2), Tensor.ofDoubles(p, 2, 2, 2, 2))));
        // level by level: in the first game both at once, in the second the indifferent one first
        double[] duals = {0, 0.5, 0, 0.5, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0, 1};
        double none = Double.NEGATIVE_INFINITY;
        var answer = SolutionBucket.of(
                        Tensor.ofDoubles(new double[] {none, 0, none, 0}, 2, 2),
                        Tensor.ofDoubles(new double[2], 2),
                        Tensor.ofInts(new int[2], 2),
                        Tensor.ofBytes(new byte[] {1, 1}, 2),
                        Tensor.ofBytes(new byte[2], 2))
                .withDuals(Tensor.ofDoubles(duals, 2, 2, 2, 2));
        var solution = Certification.certify(
                SealedGames.of(games), Formulation.LEXIMIN, "mine", PolicySolution.of(List.of(answer)), held::add);

        assertThat(held).isEmpty();
        assertThat(solution.certificates().getFirst().accepted().toBytes()).containsExactly(1, 1);
        assertThat(solution.certificates().getFirst().gap().toDoubles())
                .containsExactly(new double[] {0, 0}, within(1e-12));
    }

    @Test
    void uniform_everyRow_isSpreadOverItsOwnCandidates() {
        var games = games();
        games.buckets().getFirst().allowed().setByte(6, (byte) 0);
        games.buckets().getFirst().allowed().setByte(7, (byte) 0);
        games.buckets().getFirst().allowed().setByte(8, (byte) 0);
        var uniform = Certification.uniform(games);

        double[] masses = Arrays.stream(
                        uniform.solution().buckets().getFirst().logPolicy().toDoubles())
                .map(Math::exp)
                .toArray();
        double third = 1.0 / 3;
        assertThat(masses).containsExactly(new double[] {third, third, third, 0.5, 0.5, 0, 0, 0, 0}, within(1e-15));
        assertThat(standings(uniform)).containsExactly(Standing.VALID, Standing.VALID, Standing.REFUSED);
    }

    @Test
    void sealed_anythingThatCounts_isPartOfTheSeal() {
        var games = games();
        var sealed = SealedGames.of(games);
        var bucket = games.buckets().getFirst();

        assertThat(sealed.games()).isSameAs(games);
        assertThat(sealed.equalTo(SealedGames.of(games()))).isTrue();
        bucket.p().setDouble(3 * 9 + 1, 0.25);
        assertThat(sealed.hold()).isFalse();
        assertThat(sealed.equalTo(SealedGames.of(games))).isFalse();
        bucket.p().setDouble(3 * 9 + 1, 0);
        assertThat(sealed.hold()).isTrue();
        games.weights().setDouble(1, 0.5);
        assertThat(sealed.hold()).isFalse();
        games.weights().setDouble(1, 0.75);
        bucket.allowed().setByte(5, (byte) 1);
        assertThat(sealed.hold()).isFalse();
        bucket.allowed().setByte(5, (byte) 0);
        assertThat(sealed.hold()).isTrue();

        var reference = Tensor.ofDoubles(new double[GAMES * K], GAMES, K);
        var with = PreferenceGames.of(games.stakeholders(), games.weights(), List.of(bucket.withReference(reference)));
        var referred = SealedGames.of(with);
        assertThat(referred.copy(1).reference(0)).isEqualTo(1);
        reference.setDouble(4, Math.log(0.25));
        assertThat(referred.hold()).isFalse();
        assertThat(referred.copy(1).reference(1)).isCloseTo(0.25, within(1e-15));
        assertThat(referred.copy(1).allowed(2)).isFalse();
        assertThat(referred.copy(2).preference(0, 1, 2)).isEqualTo(0.8);
    }

    @Test
    void heldBack_severalOfAReason_areOneWarning() {
        var broken = new HeldBack(1, HeldBack.BROKEN, "its policy sums to 2");
        var rejected = new HeldBack(2, HeldBack.REJECTED, "it says so");

        assertThat(issue(List.of(rejected), HeldBack.BROKEN)).isEmpty();
        assertThat(issue(List.of(rejected, broken), HeldBack.BROKEN).getFirst())
                .isEqualTo(Issue.warning(
                        HeldBack.BROKEN,
                        "algorithm 'mine' broke its contract: game 1: its policy sums to 2; nothing of it is"
                                + " published there, its author must fix it",
                        "here"));
        assertThat(issue(List.of(rejected, broken, rejected, rejected), HeldBack.REJECTED)
                        .getFirst()
                        .message())
                .isEqualTo("algorithm 'mine' is not believed: game 2: it says so (and 2 more); nothing of it is"
                        + " published there");
    }

    private static List<Issue> issue(List<HeldBack> all, String code) {
        return HeldBack.issue(all, code, "algorithm 'mine'", one -> "game " + one.game(), "here").stream()
                .toList();
    }
}
