package org.polyphony.games.parametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.games.PopulationSolver;
import org.polyphony.games.StakeholderSolver;
import org.polyphony.games.loss.TensorLoss;

class PolicyFitTest {

    private static final double[] COMAL_CYCLE = {0.5, 0.1, 0.8, 0.9, 0.5, 0.1, 0.2, 0.9, 0.5};

    /// 55 rank 0 > 1 > 2, 45 rank 1 > 2 > 0.
    private static final double[] MAJORITY_AGAINST_BORDA = {0.5, 0.55, 0.55, 0.45, 0.5, 1, 0.45, 0, 0.5};

    private static FitSettings settings(PairWeighting weighting, int rounds) {
        return new FitSettings(
                new MirrorDescent(weighting, 0.5, 1e-9, rounds, 10), new EarlyStop(0, 40), new Minibatches(0, 1, 0.01));
    }

    @ParameterizedTest
    @EnumSource(PairWeighting.class)
    void run_featuresThatExpressEverything_reachTheEquilibriumOfTheCycle(PairWeighting weighting) {
        var game = FeatureGames.game(0, COMAL_CYCLE, 1, FeatureGames.identity(3));
        var problem = new FitProblem(List.of(game), 1, new double[] {1}, FitGame.POPULATION, 0.1, new LinearScore(3));

        var fit = new PolicyFit(problem, settings(weighting, 400), FitCheckpoint.none()).run(TestRun.of(1));

        assertThat(fit.converged()).isTrue();
        assertThat(fit.best().watchedGap()).isLessThan(1e-3);
        // the published equilibrium of the COMAL paper's game
        assertThat(policy(fit, problem, game))
                .containsExactly(new double[] {4 / 11.0, 3 / 11.0, 4 / 11.0}, within(2e-3));
    }

    @Test
    void run_fixedReference_reachesTheRegularisedEquilibrium() {
        double[] reference = {Math.log(0.2), Math.log(0.5), Math.log(0.3)};
        var game = TrainingGame.of(
                0,
                COMAL_CYCLE,
                new double[] {1},
                AllowedCandidates.all(3),
                reference,
                FeatureGames.identity(3),
                OptionalDouble.empty());
        var problem = new FitProblem(
                List.of(game), 1, new double[] {1}, FitGame.REGULARISED_POPULATION, 0.1, new LinearScore(3));

        var fit = new PolicyFit(problem, settings(PairWeighting.WIN_RATE, 50), FitCheckpoint.none()).run(TestRun.of(1));

        assertThat(fit.tau()).isEqualTo(0.1);
        assertThat(fit.best().watchedGap()).isLessThan(1e-3);
        // ALGORITHMS 3.2, self-computed: the plateau of INPO, EGPO and Nash-MP
        assertThat(policy(fit, problem, game)).containsExactly(new double[] {0.27492, 0.27972, 0.44536}, within(5e-3));
    }

    @ParameterizedTest
    @EnumSource(PairWeighting.class)
    void run_stakeholders_reachTheirEquilibrium(PairWeighting weighting) {
        var random = new SplittableRandom(5);
        for (int stakeholders = 1; stakeholders <= 3; stakeholders++) {
            int k = 4;
            var p = new double[stakeholders * k * k];
            for (int s = 0; s < stakeholders; s++) {
                for (int i = 0; i < k; i++) {
                    p[(s * k + i) * k + i] = 0.5;
                    for (int j = 0; j < i; j++) {
                        p[(s * k + i) * k + j] = random.nextDouble();
                        p[(s * k + j) * k + i] = 1 - p[(s * k + i) * k + j];
                    }
                }
            }
            var weights = FeatureGames.weights(stakeholders);
            var game = FeatureGames.game(0, p, stakeholders, FeatureGames.identity(k));
            var problem =
                    new FitProblem(List.of(game), stakeholders, weights, FitGame.STAKEHOLDER, 0.6, new LinearScore(k));
            var settings = new FitSettings(
                    new MirrorDescent(weighting, 0.5, 1e-9, 100, 10), new EarlyStop(0, 5), new Minibatches(0, 1, 0.01));

            var fit = new PolicyFit(problem, settings, FitCheckpoint.none()).run(TestRun.of(1));

            double[] expected = StakeholderSolver.of(0.6)
                    .solve(p, stakeholders, k, weights, new double[k])
                    .profile();
            assertThat(fit.best().heads()).hasSize(stakeholders);
            assertThat(fit.best().watchedGap()).isLessThan(1e-3);
            for (int s = 0; s < stakeholders; s++) {
                double[] found = exp(fitted(fit, problem)
                        .logPolicies(game.features(), game.playing(), game.logReference())
                        .get(s));
                assertThat(found).containsExactly(Arrays.copyOfRange(expected, s * k, (s + 1) * k), within(2e-2));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PairWeighting.class)
    void run_bordaAndMajorityDisagree_unseenItemsGetTheEquilibriumNotTheBordaWinner(PairWeighting weighting) {
        var random = new SplittableRandom(9);
        var games = new ArrayList<TrainingGame>();
        for (int item = 0; item < 30; item++) {
            games.add(shuffled(item, random));
        }
        var unseen = shuffled(30, random);
        var problem = new FitProblem(games, 1, new double[] {1}, FitGame.POPULATION, 0.1, new LinearScore(5));

        var fit = new PolicyFit(
                        problem,
                        new FitSettings(
                                new MirrorDescent(weighting, 0.5, 0.01, 60, 10),
                                new EarlyStop(0.2, 5),
                                new Minibatches(0, 1, 0.01)),
                        FitCheckpoint.none())
                .run(TestRun.of(1));
        double[] found = policy(fit, problem, unseen);

        assertThat(fit.heldOut()).isPositive();
        assertThat(found[type(unseen, 0)]).isGreaterThan(0.95);
        // the same loss with uniform pair weights, its reference moving as well: a Borda step each time
        var theta = new double[5];
        for (int step = 0; step < 50; step++) {
            var normal = new double[25];
            var moment = new double[5];
            for (var game : games) {
                double[] own = new LinearScore(5).scores(theta, game.features());
                var uniform = new double[9];
                Arrays.fill(uniform, 1 / 9.0);
                var loss = TensorLoss.softLabel(game.mixture(), uniform, own, 0.5);
                loss.addNormal(game.features(), normal);
                loss.addMoment(new double[3], game.features(), moment);
            }
            for (int a = 0; a < 5; a++) {
                normal[a * 6] += 0.3;
                moment[a] += 0.3 * theta[a];
            }
            theta = new org.polyphony.games.LinearSystem(normal, 5).solve(moment);
        }
        double[] borda = new LinearScore(5).scores(theta, unseen.features());
        assertThat(borda[type(unseen, 1)]).isGreaterThan(borda[type(unseen, 0)] + 1);
    }

    @Test
    void run_linearUtilityWithCycles_unseenItemsAreNearTheirEquilibrium() {
        var problem = new FitProblem(
                FeatureGames.items(0, 200, 2, 0.3, 0.3),
                2,
                FeatureGames.weights(2),
                FitGame.POPULATION,
                0.1,
                new LinearScore(FeatureGames.FEATURES));

        for (var weighting : PairWeighting.values()) {
            var fit = new PolicyFit(
                            problem,
                            new FitSettings(
                                    new MirrorDescent(weighting, 0.5, 0.02, 100, 10),
                                    new EarlyStop(0.2, 5),
                                    new Minibatches(0, 1, 0.01)),
                            FitCheckpoint.none())
                    .run(TestRun.of(1));

            var unseen = FeatureGames.items(1_000, 1_100, 2, 0.3, 0.3);
            assertThat(fit.converged()).isTrue();
            assertThat(meanGap(fitted(fit, problem), unseen))
                    .as("%s", weighting)
                    .isLessThan(0.05);
            assertThat(meanGap(reference(problem, fit), unseen)).isGreaterThan(0.5);
            // most of the mass is where the exact equilibrium's is
            double shared = 0;
            for (var game : unseen) {
                double[] exact = new PopulationSolver()
                        .solve(game.mixture(), game.candidates())
                        .policy();
                double[] found = policy(fit, problem, game);
                for (int i = 0; i < exact.length; i++) {
                    shared += Math.min(exact[i], found[i]) / unseen.size();
                }
            }
            assertThat(shared).as("%s", weighting).isGreaterThan(0.85);
        }
    }

    @ParameterizedTest
    @EnumSource(PairWeighting.class)
    void run_perceptronOnMinibatches_unseenItemsAreNearTheirEquilibrium(PairWeighting weighting) {
        var function = new PerceptronScore(FeatureGames.FEATURES, 8);
        var problem = new FitProblem(
                FeatureGames.items(0, 120, 1, 0.3, 0), 1, new double[] {1}, FitGame.POPULATION, 0.1, function);
        var settings = new FitSettings(
                new MirrorDescent(weighting, 0.5, 1e-3, 15, 5), new EarlyStop(0.2, 5), new Minibatches(16, 2, 0.02));

        var fit = new PolicyFit(problem, settings, FitCheckpoint.none()).run(TestRun.of(2));

        var unseen = FeatureGames.items(1_000, 1_050, 1, 0.3, 0);
        assertThat(meanGap(fitted(fit, problem), unseen)).isLessThan(0.12);
    }

    @Test
    void gradient_ofTheMeanLoss_isTheCentralDifference() {
        var function = new PerceptronScore(FeatureGames.FEATURES, 3);
        for (var game : FitGame.values()) {
            var problem = new FitProblem(
                    FeatureGames.items(0, 12, 2, 0.5, 0.4), 2, FeatureGames.weights(2), game, 0.1, function);
            var settings = new FitSettings(
                    new MirrorDescent(PairWeighting.ON_POLICY, 0.5, 0.2, 1, 1),
                    new EarlyStop(0, 1),
                    new Minibatches(4, 1, 0.01));
            var standardisation = Standardisation.of(
                    problem.games().stream().map(TrainingGame::features).toList(), FeatureGames.FEATURES);
            var games = problem.games().stream()
                    .map(one -> FittedGame.of(one, standardisation))
                    .toList();
            var random = new SplittableRandom(4);
            List<double[]> last = List.of(theta(random, function), theta(random, function));
            List<double[]> reference = List.of(theta(random, function), theta(random, function));
            var subGame = new SubGame(problem, PairWeighting.ON_POLICY, last, reference, 0.5, 0.1);
            double[] at = theta(random, function);
            double[] start = reference.getFirst();

            double[] gradient = new MinibatchAdam(
                            games, settings.batches(), settings.descent().l2(), TestRun.of(1))
                    .gradient(games, subGame, 0, at, start);

            for (int n = 0; n < at.length; n++) {
                double h = 1e-5;
                double before = at[n];
                at[n] = before + h;
                double above = objective(games, subGame, at, start, settings);
                at[n] = before - h;
                double below = objective(games, subGame, at, start, settings);
                at[n] = before;
                assertThat(gradient[n]).as("%s %s", game, n).isCloseTo((above - below) / (2 * h), within(1e-7));
            }
        }
    }

    @Test
    void run_leastSquaresAndAdam_minimiseTheSame() {
        var problem = new FitProblem(
                FeatureGames.items(0, 20, 1, 0.3, 0),
                1,
                new double[] {1},
                FitGame.POPULATION,
                0.1,
                new LinearScore(FeatureGames.FEATURES));
        var exact = new FitSettings(
                new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 0.1, 1, 1),
                new EarlyStop(0, 1),
                new Minibatches(0, 1, 0.01));
        var descent = new FitSettings(
                new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 0.1, 1, 1),
                new EarlyStop(0, 1),
                new Minibatches(20, 3_000, 0.003));

        var one = new PolicyFit(problem, exact, FitCheckpoint.none()).run(TestRun.of(1));
        var two = new PolicyFit(problem, descent, FitCheckpoint.none()).run(TestRun.of(1));

        assertThat(two.best().heads().getFirst())
                .containsExactly(one.best().heads().getFirst(), within(1e-6));
    }

    @Test
    void run_chunksInAnyOrder_givesTheSameBytes() {
        for (int batch : new int[] {0, 16}) {
            var problem = new FitProblem(
                    FeatureGames.items(0, 60, 2, 0.3, 0.3),
                    2,
                    FeatureGames.weights(2),
                    FitGame.STAKEHOLDER,
                    0.1,
                    new LinearScore(FeatureGames.FEATURES));
            var settings = new FitSettings(
                    new MirrorDescent(PairWeighting.ON_POLICY, 0.5, 0.1, 4, 3),
                    new EarlyStop(0.2, 5),
                    new Minibatches(batch, 2, 0.01));
            var fit = new PolicyFit(problem, settings, FitCheckpoint.none());

            var one = fit.run(TestRun.of(1));
            var same = fit.run(TestRun.of(1).backwards());
            var other = fit.run(TestRun.of(2));

            assertThat(one.best().heads()).hasSize(2);
            for (int s = 0; s < 2; s++) {
                assertThat(same.best().heads().get(s))
                        .containsExactly(one.best().heads().get(s));
                // a seed matters where batches are drawn
                assertThat(Arrays.equals(
                                other.best().heads().get(s), one.best().heads().get(s)))
                        .isEqualTo(batch == 0);
            }
        }
    }

    @Test
    void run_noiseOnly_stopsEarlyAndKeepsTheBestRound() {
        var random = new SplittableRandom(3);
        var games = new ArrayList<TrainingGame>();
        for (int item = 0; item < 40; item++) {
            var p = new double[16];
            for (int i = 0; i < 4; i++) {
                p[i * 4 + i] = 0.5;
                for (int j = 0; j < i; j++) {
                    p[i * 4 + j] = random.nextDouble();
                    p[j * 4 + i] = 1 - p[i * 4 + j];
                }
            }
            games.add(
                    FeatureGames.game(item, p, 1, random.doubles(4 * 30, -1, 1).toArray()));
        }
        var problem = new FitProblem(games, 1, new double[] {1}, FitGame.POPULATION, 0.1, new LinearScore(30));
        var settings = new FitSettings(
                new MirrorDescent(PairWeighting.ON_POLICY, 0.5, 0.01, 200, 10),
                new EarlyStop(0.3, 4),
                new Minibatches(0, 1, 0.01));

        var fit = new PolicyFit(problem, settings, FitCheckpoint.none()).run(TestRun.of(1));

        assertThat(fit.converged()).isTrue();
        assertThat(fit.rounds()).isBetween(fit.best().number() + 1, 100);
        assertThat(fit.heldOut()).isBetween(4, 20);
    }

    @Test
    void run_fewItems_areAllFitted() {
        var problem = new FitProblem(
                FeatureGames.items(0, PolicyFit.FEWEST_TO_HOLD_OUT - 1, 1, 0, 0),
                1,
                new double[] {1},
                FitGame.POPULATION,
                0.1,
                new LinearScore(FeatureGames.FEATURES));

        var fit = new PolicyFit(
                        problem,
                        new FitSettings(
                                new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 0.1, 2, 2),
                                new EarlyStop(0.5, 5),
                                new Minibatches(0, 1, 0.01)),
                        FitCheckpoint.none())
                .run(TestRun.of(1));

        assertThat(fit.heldOut()).isZero();
        assertThat(fit.converged()).as("two rounds are fewer than the patience").isFalse();
    }

    @Test
    void run_unsafeCandidates_teachOnlyWithAMargin() {
        // the most useful candidate of every game carries the marker feature and is not allowed
        var plain = new ArrayList<TrainingGame>();
        var taught = new ArrayList<TrainingGame>();
        for (int item = 0; item < 30; item++) {
            var random = new SplittableRandom(item);
            int k = 5;
            var phi = random.doubles(2L * k, -1, 1).toArray();
            var p = new double[k * k];
            phi[0] = 2;
            for (int i = 0; i < k; i++) {
                phi[2 * i + 1] = i == 0 ? 1 : 0.01 * random.nextDouble();
                for (int j = 0; j < k; j++) {
                    p[i * k + j] = 1 / (1 + Math.exp(2 * phi[2 * j] - 2 * phi[2 * i]));
                }
            }
            var allowed = AllowedCandidates.of(new boolean[] {false, true, true, true, true});
            for (int n = 0; n < 2; n++) {
                (n == 0 ? plain : taught)
                        .add(TrainingGame.of(
                                item,
                                p,
                                new double[] {1},
                                allowed,
                                new double[k],
                                phi,
                                n == 0 ? OptionalDouble.empty() : OptionalDouble.of(1)));
            }
        }
        var settings = new FitSettings(
                new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 0.01, 10, 5),
                new EarlyStop(0, 20),
                new Minibatches(0, 1, 0.01));
        var unsafe = new double[] {2, 1, 0.5, 0};
        var mass = new double[2];
        for (int n = 0; n < 2; n++) {
            var problem = new FitProblem(
                    n == 0 ? plain : taught, 1, new double[] {1}, FitGame.POPULATION, 0.1, new LinearScore(2));
            var fit = new PolicyFit(problem, settings, FitCheckpoint.none()).run(TestRun.of(1));
            mass[n] = Math.exp(fitted(fit, problem).logPolicy(unsafe, AllowedCandidates.all(2), new double[2])[0]);
        }

        assertThat(plain.getFirst().candidates()).isEqualTo(4);
        assertThat(taught.getFirst().candidates()).isEqualTo(5);
        assertThat(mass[0]).isGreaterThan(0.3);
        assertThat(mass[1]).isLessThan(0.01);
    }

    @Test
    void run_repeatedFeaturesWithoutL2_saysWhatToDo() {
        var problem = new FitProblem(
                List.of(FeatureGames.game(0, COMAL_CYCLE, 1, new double[] {1, 1, 2, 2, 3, 3})),
                1,
                new double[] {1},
                FitGame.POPULATION,
                0.1,
                new LinearScore(2));
        var settings = new FitSettings(
                new MirrorDescent(PairWeighting.WIN_RATE, 0.5, 0, 2, 2),
                new EarlyStop(0, 5),
                new Minibatches(0, 1, 0.01));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyFit(problem, settings, FitCheckpoint.none()).run(TestRun.of(1)))
                .withMessageContaining("raise l2");
    }

    @Test
    void logPolicy_lowTemperature_sharpensAndKeepsMasksAndReference() {
        var policy = new ParametricPolicy(
                new LinearScore(1),
                new Standardisation(new double[] {1}, new double[] {2}),
                List.of(new double[] {1}),
                new double[] {1},
                0.1);
        var allowed = AllowedCandidates.of(new boolean[] {true, false, true});

        double[] found =
                policy.logPolicy(new double[] {1, 100, 1.2}, allowed, new double[] {Math.log(0.5), 0, Math.log(0.25)});

        // f is 0 and 0.1, a tenth of a nat becomes one, the reference is 2 to 1
        double e = Math.exp(1);
        assertThat(Math.exp(found[0])).isCloseTo(2 / (2 + e), within(1e-12));
        assertThat(found[1]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(policy.logPolicy(new double[3], AllowedCandidates.of(new boolean[3]), new double[3]))
                .containsOnly(Double.NEGATIVE_INFINITY);
    }

    private static TrainingGame shuffled(int item, SplittableRandom random) {
        var order = new int[] {0, 1, 2};
        for (int i = 2; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        var p = new double[9];
        var phi = new double[15];
        for (int i = 0; i < 3; i++) {
            phi[i * 5 + order[i]] = 1;
            phi[i * 5 + 3] = random.nextGaussian();
            phi[i * 5 + 4] = random.nextGaussian();
            for (int j = 0; j < 3; j++) {
                p[i * 3 + j] = MAJORITY_AGAINST_BORDA[order[i] * 3 + order[j]];
            }
        }
        return FeatureGames.game(item, p, 1, phi);
    }

    /// Which candidate is of this type.
    private static int type(TrainingGame game, int type) {
        for (int i = 0; i < 3; i++) {
            if (game.features()[i * 5 + type] == 1) {
                return i;
            }
        }
        throw new IllegalStateException("every game has one of each type");
    }

    private static double[] theta(SplittableRandom random, ScoreFunction function) {
        return random.doubles(function.parameters(), -0.5, 0.5).toArray();
    }

    private static double objective(
            List<FittedGame> games, SubGame subGame, double[] theta, double[] start, FitSettings settings) {
        double sum = 0;
        for (var game : games) {
            sum += subGame.loss(game, 0).value(game.logPolicy(subGame.problem().function(), theta)) / games.size();
        }
        for (int n = 0; n < theta.length; n++) {
            sum += settings.descent().l2() * (theta[n] - start[n]) * (theta[n] - start[n]);
        }
        return sum;
    }

    private static ParametricPolicy fitted(FitResult fit, FitProblem problem) {
        double[] weights = fit.best().heads().size() == 1 ? new double[] {1} : problem.weights();
        return new ParametricPolicy(
                problem.function(), fit.standardisation(), fit.best().heads(), weights, 1);
    }

    private static ParametricPolicy reference(FitProblem problem, FitResult fit) {
        return new ParametricPolicy(
                problem.function(),
                fit.standardisation(),
                List.of(new double[problem.function().parameters()]),
                new double[] {1},
                1);
    }

    private static double[] policy(FitResult fit, FitProblem problem, TrainingGame game) {
        return exp(fitted(fit, problem).logPolicy(game.features(), game.playing(), game.logReference()));
    }

    private static double meanGap(ParametricPolicy policy, List<TrainingGame> games) {
        double sum = 0;
        for (var game : games) {
            int k = game.candidates();
            double[] pi = exp(policy.logPolicy(game.features(), game.playing(), game.logReference()));
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < k; i++) {
                double win = 0;
                for (int j = 0; j < k; j++) {
                    win += game.mixture()[i * k + j] * pi[j];
                }
                largest = Math.max(largest, win);
            }
            sum += 2 * largest - 1;
        }
        return sum / games.size();
    }

    private static double[] exp(double[] logPolicy) {
        return Arrays.stream(logPolicy).map(Math::exp).toArray();
    }
}
