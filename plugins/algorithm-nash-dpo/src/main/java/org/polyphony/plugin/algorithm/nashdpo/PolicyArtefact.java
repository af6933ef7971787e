package org.polyphony.plugin.algorithm.nashdpo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.polyphony.games.parametric.FitResult;
import org.polyphony.games.parametric.LinearScore;
import org.polyphony.games.parametric.ParametricPolicy;
import org.polyphony.games.parametric.PerceptronScore;
import org.polyphony.games.parametric.ScoreFunction;
import org.polyphony.games.parametric.Standardisation;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// A fitted policy as data. Version 1 holds the tensors `mean` and `deviation` (D), `heads` (heads,
/// parameters), `weights` (heads), `temperature` (1) and `hidden` (1, INT32, 0 for a linear policy), and
/// texts that say what it is.
final class PolicyArtefact {

    static final String TYPE = "polyphony.policy.nash-dpo";
    static final int VERSION = 1;
    static final String WRITTEN = TYPE + ";version=" + VERSION;
    static final String READ = TYPE + ";version=[1," + VERSION + "]";

    private PolicyArtefact() {}

    static Artefact of(ParametricPolicy policy, String formulation, FitResult fit) {
        int parameters = policy.function().parameters();
        int heads = policy.heads().size();
        var theta = new double[heads * parameters];
        for (int s = 0; s < heads; s++) {
            System.arraycopy(policy.heads().get(s), 0, theta, s * parameters, parameters);
        }
        int d = policy.function().features();
        var form = switch (policy.function()) {
            case LinearScore _ -> PolicyForm.LINEAR;
            case PerceptronScore _ -> PolicyForm.MLP;
        };
        int hidden = policy.function() instanceof PerceptronScore network ? network.hidden() : 0;
        return Artefact.of(
                TYPE,
                VERSION,
                Map.of(
                        "formulation",
                        formulation,
                        "policy",
                        nameOf(form),
                        "deployed",
                        formulation.equals(Formulation.STAKEHOLDER)
                                ? "the weighted mixture of " + heads + " stakeholders' policies"
                                : "one policy",
                        "rounds",
                        "the best of " + fit.rounds() + " is " + fit.best().number(),
                        "watched-gap",
                        fit.best().watchedGap()
                                + (fit.heldOut() > 0
                                        ? " on " + fit.heldOut() + " items held out of the fit"
                                        : " on the fitted items"),
                        "converged",
                        String.valueOf(fit.converged())),
                Map.of(
                        "mean",
                        Tensor.ofDoubles(policy.standardisation().mean().clone(), d),
                        "deviation",
                        Tensor.ofDoubles(policy.standardisation().deviation().clone(), d),
                        "heads",
                        Tensor.ofDoubles(theta, heads, parameters),
                        "weights",
                        Tensor.ofDoubles(policy.weights().clone(), heads),
                        "temperature",
                        Tensor.ofDoubles(new double[] {policy.temperature()}, 1),
                        "hidden",
                        Tensor.ofInts(new int[] {hidden}, 1)));
    }

    /// @throws AlignmentException with code `ARTEFACT_UNREADABLE` if it is of another type or version, or
    ///     its parts do
    ///     not fit
    static ParametricPolicy read(Artefact artefact) {
        if (!artefact.type().equals(TYPE) || artefact.version() != VERSION) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "cannot read " + artefact.type() + " version " + artefact.version() + ", only " + TYPE + " version "
                            + VERSION + "; open it with the plugin that wrote it, or fit it again");
        }
        try {
            double[] mean = doubles(artefact, "mean", 1);
            double[] weights = doubles(artefact, "weights", 1);
            double[] theta = doubles(artefact, "heads", 2);
            var hidden = artefact.tensor("hidden");
            require(hidden.type() == ElementType.INT32 && hidden.size() == 1, "hidden is " + hidden);
            double[] temperature = doubles(artefact, "temperature", 1);
            require(temperature.length == 1, "temperature has " + temperature.length + " entries");
            ScoreFunction function = hidden.getInt(0) == 0
                    ? new LinearScore(mean.length)
                    : new PerceptronScore(mean.length, hidden.getInt(0));
            int parameters = function.parameters();
            require(
                    theta.length == weights.length * parameters,
                    "heads has " + theta.length + " entries for " + weights.length + " policies of " + parameters);
            var heads = new ArrayList<double[]>();
            for (int s = 0; s < weights.length; s++) {
                heads.add(Arrays.copyOfRange(theta, s * parameters, (s + 1) * parameters));
            }
            var standardisation = new Standardisation(mean, doubles(artefact, "deviation", 1));
            return new ParametricPolicy(function, standardisation, heads, weights, temperature[0]);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "the policy artefact " + TYPE + " is damaged: " + e.getMessage() + "; fit it again",
                    e);
        }
    }

    static String nameOf(PolicyForm form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    private static double[] doubles(Artefact artefact, String name, int rank) {
        var tensor = artefact.tensor(name);
        require(tensor.type() == ElementType.FLOAT64 && tensor.shape().rank() == rank, name + " is " + tensor);
        return tensor.toDoubles();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
