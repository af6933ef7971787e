package org.polyphony.engine.game;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

/// The population game of one explicit game for every way to weigh its stakeholders, on a lattice of
/// weights: one batched call. Each policy is certified against the game itself with the
/// weights of its point.
public final class WeightSweep {

    /// The most stakeholders of a game that is swept.
    public static final int MAX_STAKEHOLDERS = 6;

    /// The most points of one sweep.
    public static final int MAX_POINTS = 10_000;

    private WeightSweep() {}

    /// One point of the lattice.
    ///
    /// @param weights of the stakeholders, summing to one
    /// @param policy the deployed policy, probabilities
    /// @param utility probability that each stakeholder prefers the policy to a uniform draw
    /// @param unilateralGain what each stakeholder could gain by its favourite answer
    /// @param gap of the game with these weights
    /// @param standing what is known of the policy
    public record Point(
            double[] weights,
            double[] policy,
            double[] utility,
            double[] unilateralGain,
            double gap,
            Standing standing) {}

    /// What a sweep found.
    ///
    /// @param points in the lattice's order; none where no candidate may be played, or where what was
    ///     answered is held back
    /// @param issues what was held back
    public record Sweep(List<Point> points, List<Issue> issues) {

        public Sweep {
            points = List.copyOf(points);
            issues = List.copyOf(issues);
        }
    }

    /// Every vector of `stakeholders` weights that are multiples of 1/`steps`, in ascending order of the
    /// last weights.
    ///
    /// @throws AlignmentException if there are too many stakeholders or points
    static List<double[]> lattice(int stakeholders, int steps) {
        if (stakeholders < 2 || stakeholders > MAX_STAKEHOLDERS) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "a sweep weighs 2 to " + MAX_STAKEHOLDERS + " stakeholders, the game has " + stakeholders);
        }
        long points = 1;
        for (int s = 1; s < stakeholders; s++) {
            points = points * (steps + s) / s;
        }
        if (points > MAX_POINTS) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "--sweep " + steps + " of " + stakeholders + " stakeholders has " + points + " points; at most "
                            + MAX_POINTS + " are solved, take fewer steps");
        }
        var lattice = new ArrayList<double[]>();
        fill(new int[stakeholders], 0, steps, steps, lattice);
        return lattice;
    }

    private static void fill(int[] parts, int at, int left, int steps, List<double[]> lattice) {
        if (at == parts.length - 1) {
            parts[at] = left;
            var weights = new double[parts.length];
            for (int s = 0; s < parts.length; s++) {
                weights[s] = (double) parts[s] / steps;
            }
            lattice.add(weights);
            return;
        }
        for (int part = left; part >= 0; part--) {
            parts[at] = part;
            fill(parts, at + 1, left - part, steps, lattice);
        }
    }

    /// Solves the game at every point.
    ///
    /// @param steps how many steps lead from no weight to all of it, ≥ 1
    /// @param algorithm one call of an alignment algorithm
    public static Sweep sweep(
            ExplicitGame game, int steps, SolveRequest request, Function<AlignmentRequest, PolicySolution> algorithm) {
        var lattice = lattice(game.stakeholders(), steps);
        int n = lattice.size();
        int k = game.candidates();
        var mixed = new double[n * k * k];
        for (int g = 0; g < n; g++) {
            mix(game, lattice.get(g), mixed, g * k * k);
        }
        var games = PreferenceGames.of(
                List.of("population"),
                Tensor.ofDoubles(new double[] {1}, 1),
                List.of(bucket(game, n, Tensor.ofDoubles(mixed, n, 1, k, k))));
        var solution = algorithm.apply(new AlignmentRequest(games, Formulation.POPULATION, request.tau()));
        Certification.requireShapes(games, Formulation.POPULATION, request.algorithm(), solution);
        var points = new ArrayList<Point>();
        var held = new ArrayList<HeldBack>();
        for (int g = 0; g < n; g++) {
            int at = g;
            certified(
                            game,
                            lattice.get(g),
                            solution.buckets().getFirst(),
                            g,
                            request,
                            one -> held.add(new HeldBack(at, one.code(), one.why())))
                    .ifPresent(points::add);
        }
        var issues = new ArrayList<Issue>();
        for (var code : List.of(HeldBack.BROKEN, HeldBack.REJECTED)) {
            HeldBack.issue(
                            held,
                            code,
                            "algorithm '" + request.algorithm() + "'",
                            one -> "weights " + Arrays.toString(lattice.get(one.game())),
                            "")
                    .ifPresent(issues::add);
        }
        return new Sweep(points, issues);
    }

    private static void mix(ExplicitGame game, double[] weights, double[] into, int at) {
        int k = game.candidates();
        for (int i = 0; i < k; i++) {
            into[at + i * k + i] = 0.5;
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int s = 0; s < weights.length; s++) {
                    sum += weights[s] * game.p()[s][i][j];
                }
                into[at + i * k + j] = Math.clamp(sum, 0, 1);
                into[at + j * k + i] = 1 - into[at + i * k + j];
            }
        }
    }

    private static GameBucket bucket(ExplicitGame game, int n, Tensor p) {
        int k = game.candidates();
        var allowed = new byte[n * k];
        var reference = new double[n * k];
        for (int g = 0; g < n; g++) {
            for (int i = 0; i < k; i++) {
                allowed[g * k + i] = (byte) (game.allowed()[i] ? 1 : 0);
                reference[g * k + i] =
                        game.reference().isPresent() ? game.reference().get()[i] : 0;
            }
        }
        var bucket = GameBucket.of(Tensor.ofInts(IntStream.range(0, n).toArray(), n), p)
                .withAllowed(Tensor.ofBytes(allowed, n, k));
        return game.reference().isPresent() ? bucket.withReference(Tensor.ofDoubles(reference, n, k)) : bucket;
    }

    private static Optional<Point> certified(
            ExplicitGame game,
            double[] weights,
            SolutionBucket answer,
            int g,
            SolveRequest request,
            Consumer<HeldBack> held) {
        int s = weights.length;
        int k = game.candidates();
        var p = new double[s * k * k];
        for (int r = 0; r < s; r++) {
            for (int i = 0; i < k; i++) {
                System.arraycopy(game.p()[r][i], 0, p, (r * k + i) * k, k);
            }
        }
        var names = IntStream.range(0, s).mapToObj(r -> "stakeholder " + r).toList();
        var games = PreferenceGames.of(
                names, Tensor.ofDoubles(weights, s), List.of(bucket(game, 1, Tensor.ofDoubles(p, 1, s, k, k))));
        var one = SolutionBucket.of(
                answer.logPolicy().slice(g, 1),
                answer.tau().slice(g, 1),
                answer.iterations().slice(g, 1),
                answer.converged().slice(g, 1),
                answer.refused().slice(g, 1));
        var certified = Certification.certify(
                SealedGames.of(games),
                Formulation.POPULATION,
                request.algorithm(),
                PolicySolution.of(List.of(one)),
                held);
        var standing = Standing.of(certified, 0);
        if (!standing.published()) {
            return Optional.empty();
        }
        var certificate = certified.certificate(0);
        return Optional.of(new Point(
                weights,
                certified.solution().solution(0).policy(),
                certificate.utility().toDoubles(),
                certificate.unilateralGain().toDoubles(),
                certificate.gap(),
                standing));
    }
}
