package org.polyphony.engine.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.verify.Certifier;
import org.polyphony.verify.Certifiers;
import org.polyphony.verify.Claim;
import org.polyphony.verify.Evidence;
import org.polyphony.verify.PreferenceGame;

/// Whether what a plugin answered are policies of the games it was given. Everything is copied first, and
/// only the copy is checked and used: a thread of the plugin that keeps writing to its answer changes
/// nothing.
final class PolicyCheck {

    /// How far the probabilities of a row may be from adding up to one.
    static final double SUM_TOLERANCE = 1e-9;

    // what the verifier bears; between the two, rounding is divided out
    private static final double EXACT = 1e-12;

    private final String plugin;
    private final Evidence evidence;
    private final int stakeholders;
    private final SolutionBucket claimed;
    private final double[] logs;
    private final double[] profile;
    private final double[] duals;
    private final double[] tau;
    private final int[] iterations;
    private final byte[] converged;
    private final byte[] refused;
    private final int games;
    private final int candidates;

    /// Copies one bucket.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if a tensor is missing, or has another shape or
    ///     element type than the games ask for
    PolicyCheck(GameBucket bucket, String formulation, String plugin, SolutionBucket answer) {
        this.plugin = plugin;
        var certifier = Certifiers.of(formulation);
        evidence = certifier.map(Certifier::evidence).orElse(Evidence.NONE);
        boolean optional = certifier.map(Certifier::evidenceOptional).orElse(true);
        claimed = answer;
        games = bucket.games();
        stakeholders = bucket.stakeholders();
        candidates = bucket.candidates();
        logs = doubles("logPolicy", answer.logPolicy(), games, candidates);
        profile = required("a profile", answer.profile(), evidence == Evidence.PROFILE && !optional)
                .map(of -> doubles("profile", of, games, stakeholders, candidates))
                .orElse(new double[0]);
        boolean proof = evidence == Evidence.DUALS || evidence == Evidence.LEVELS;
        duals = required("duals", answer.duals(), proof && !optional)
                .map(of -> evidence == Evidence.LEVELS
                        ? doubles("duals", of, games, stakeholders, stakeholders, candidates)
                        : doubles("duals", of, games, stakeholders, candidates))
                .orElse(new double[0]);
        tau = doubles("tau", answer.tau(), games);
        iterations = shaped("iterations", answer.iterations(), ElementType.INT32, games)
                .toInts();
        converged = shaped("converged", answer.converged(), ElementType.UINT8, games)
                .toBytes();
        refused = shaped("refused", answer.refused(), ElementType.UINT8, games).toBytes();
    }

    int games() {
        return games;
    }

    boolean refuses(int g) {
        return refused[g] == 1;
    }

    boolean claimsConvergence(int g) {
        return converged[g] == 1;
    }

    double tau(int g) {
        return tau[g];
    }

    /// The deployed policy, probabilities.
    double[] policy(int g) {
        return row(logs, g);
    }

    /// What it says solves a game, as the verifier takes it.
    Claim claim(int g) {
        var own = new double[profile.length > 0 ? stakeholders : 0][];
        Arrays.setAll(own, s -> row(profile, g * stakeholders + s));
        int levels = !hasDuals() ? 0 : evidence == Evidence.LEVELS ? stakeholders : 1;
        var proofs = IntStream.range(0, levels)
                .mapToObj(level -> duals(g * levels + level))
                .toList();
        return new Claim(policy(g), tau[g], own, proofs);
    }

    boolean hasDuals() {
        return duals.length > 0;
    }

    private double[][] duals(int level) {
        var rows = new double[stakeholders][];
        Arrays.setAll(rows, s -> {
            int from = (level * stakeholders + s) * candidates;
            return Arrays.copyOfRange(duals, from, from + candidates);
        });
        return rows;
    }

    /// What is wrong with the answer to a game that was not refused.
    Optional<String> breach(PreferenceGame game, int g) {
        var columns = columns(g);
        if (columns.isPresent()) {
            return columns;
        }
        var deployed = breach(game, logs, g, "its policy");
        for (int s = 0; s < stakeholders && deployed.isEmpty() && profile.length > 0; s++) {
            deployed = breach(game, profile, g * stakeholders + s, "its policy of stakeholder " + s);
        }
        if (deployed.isPresent()) {
            return deployed;
        }
        int size = games == 0 ? 0 : duals.length / games;
        for (int at = g * size; at < (g + 1) * size; at++) {
            if (!(duals[at] >= 0 && duals[at] < Double.POSITIVE_INFINITY)) {
                return Optional.of("its duals hold " + duals[at]);
            }
        }
        return Optional.empty();
    }

    private Optional<String> columns(int g) {
        if (refused[g] != 0 && refused[g] != 1) {
            return Optional.of("refused is " + refused[g] + ", neither 0 nor 1");
        }
        if (converged[g] != 0 && converged[g] != 1) {
            return Optional.of("converged is " + converged[g] + ", neither 0 nor 1");
        }
        return tau[g] >= 0 && tau[g] < Double.POSITIVE_INFINITY
                ? Optional.empty()
                : Optional.of("its tau is " + tau[g] + ", not a number >= 0");
    }

    private Optional<String> breach(PreferenceGame game, double[] of, int row, String what) {
        double sum = 0;
        for (int i = 0; i < candidates; i++) {
            double log = of[row * candidates + i];
            if (Double.isNaN(log) || log == Double.POSITIVE_INFINITY) {
                return Optional.of(what + " has log-probability " + log + " at candidate " + i);
            }
            if (!game.allowed(i) && log > Double.NEGATIVE_INFINITY) {
                return Optional.of(what + " has mass at candidate " + i + ", which may not be played: log-probability "
                        + log + " where -Infinity is asked for");
            }
            sum += Math.exp(log);
        }
        double off = Math.abs(sum - 1);
        if (!(off <= SUM_TOLERANCE)) {
            return Optional.of(what + " sums to " + sum + ", not to 1");
        }
        if (off > EXACT) {
            double log = Math.log(sum);
            for (int i = 0; i < candidates; i++) {
                of[row * candidates + i] -= log;
            }
        }
        return Optional.empty();
    }

    /// Takes a policy out: what is left says that there is none.
    void withhold(int g) {
        Arrays.fill(logs, g * candidates, (g + 1) * candidates, Double.NEGATIVE_INFINITY);
        if (profile.length > 0) {
            int size = stakeholders * candidates;
            Arrays.fill(profile, g * size, (g + 1) * size, Double.NEGATIVE_INFINITY);
        }
        if (duals.length > 0) {
            int size = duals.length / games;
            Arrays.fill(duals, g * size, (g + 1) * size, 0);
        }
        if (columns(g).isPresent()) {
            tau[g] = 0;
            converged[g] = 0;
        }
        refused[g] = 1;
    }

    /// What is left, in memory that is the engine's own.
    SolutionBucket bucket() {
        return new SolutionBucket(
                Tensor.ofDoubles(logs, games, candidates),
                claimed.profile().map(_ -> Tensor.ofDoubles(profile, games, stakeholders, candidates)),
                claimed.duals().map(of -> Tensor.ofDoubles(duals, dimensions(of))),
                Tensor.ofDoubles(tau, games),
                Tensor.ofInts(iterations, games),
                Tensor.ofBytes(converged, games),
                Tensor.ofBytes(refused, games));
    }

    private double[] row(double[] of, int row) {
        var values = new double[candidates];
        Arrays.setAll(values, i -> Math.exp(of[row * candidates + i]));
        return values;
    }

    private double[] doubles(String what, Tensor tensor, int... shape) {
        return shaped(what, tensor, ElementType.FLOAT64, shape).toDoubles();
    }

    private Tensor shaped(String what, Tensor tensor, ElementType type, int... shape) {
        if (tensor.type() != type || !Arrays.equals(dimensions(tensor), shape)) {
            throw mismatch(plugin, what + " " + type + Arrays.toString(shape), tensor.toString());
        }
        return tensor;
    }

    private Optional<Tensor> required(String what, Optional<Tensor> given, boolean needed) {
        if (needed && given.isEmpty()) {
            throw mismatch(plugin, what, "none");
        }
        return given;
    }

    private static int[] dimensions(Tensor tensor) {
        var dimensions = new int[tensor.shape().rank()];
        Arrays.setAll(dimensions, tensor::dimension);
        return dimensions;
    }

    /// One check per bucket.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if there are more or fewer buckets than asked
    ///     for, or one of them does not fit its games
    static List<PolicyCheck> of(PreferenceGames all, String formulation, String plugin, PolicySolution solution) {
        int wanted = all.buckets().size();
        if (solution.buckets().size() != wanted) {
            throw mismatch(plugin, wanted + " buckets", solution.buckets().size() + "");
        }
        var checks = new ArrayList<PolicyCheck>();
        for (int b = 0; b < wanted; b++) {
            checks.add(new PolicyCheck(
                    all.buckets().get(b),
                    formulation,
                    plugin,
                    solution.buckets().get(b)));
        }
        return checks;
    }

    private static AlignmentException mismatch(String plugin, String wanted, String got) {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_FAILED,
                "algorithm '" + plugin + "' answered " + got + " where " + wanted
                        + " is needed; its author must fix it");
    }
}
