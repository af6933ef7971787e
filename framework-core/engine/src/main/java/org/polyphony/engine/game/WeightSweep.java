package org.polyphony.engine.game;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.LogPolicies;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

/// The population game of one explicit game for every way to weigh its stakeholders, on a lattice of
/// weights: one batched call (ALGORITHMS 6.7). Each policy is certified against the game itself with the
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
    /// @param accepted whether the certificate proves the equilibrium
    public record Point(
            double[] weights,
            double[] policy,
            double[] utility,
            double[] unilateralGain,
            double gap,
            boolean accepted) {}

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

    /// Solves the game at every point, in the lattice's order; none where no candidate may be played.
    ///
    /// @param steps how many steps lead from no weight to all of it, ≥ 1
    /// @param algorithm one call of an alignment algorithm
    public static List<Point> sweep(
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
        if (solution.buckets().size() != 1
                || solution.buckets().getFirst().logPolicy().size() != (long) n * k) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "algorithm '" + request.algorithm() + "' answered other games than it was given");
        }
        var points = new ArrayList<Point>();
        for (int g = 0; g < n; g++) {
            var answer = solution.buckets().getFirst();
            if (answer.refused().getByte(g) == 0) {
                points.add(certified(game, lattice.get(g), answer, g, request));
            }
        }
        return points;
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

    private static Point certified(
            ExplicitGame game, double[] weights, SolutionBucket answer, int g, SolveRequest request) {
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
                Tensor.ofDoubles(answer.logPolicy().toDoubles((long) g * k, k), 1, k),
                Tensor.ofDoubles(new double[] {answer.tau().getDouble(g)}, 1),
                Tensor.ofInts(new int[] {answer.iterations().getInt(g)}, 1),
                Tensor.ofBytes(new byte[] {answer.converged().getByte(g)}, 1),
                Tensor.ofBytes(new byte[1], 1));
        var certificate = Certification.certify(
                        games, Formulation.POPULATION, request.algorithm(), PolicySolution.of(List.of(one)))
                .certificates()
                .getFirst();
        return new Point(
                weights,
                LogPolicies.probabilities(one.logPolicy(), 0, k),
                certificate.utility().toDoubles(0, s),
                certificate.unilateralGain().toDoubles(0, s),
                certificate.gap().getDouble(0),
                certificate.accepted().getByte(0) == 1);
    }
}
