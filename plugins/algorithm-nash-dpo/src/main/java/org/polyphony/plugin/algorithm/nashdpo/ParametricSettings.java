package org.polyphony.plugin.algorithm.nashdpo;

import java.util.Optional;
import java.util.OptionalDouble;
import org.polyphony.games.parametric.FitSettings;
import org.polyphony.games.parametric.PairWeighting;
import org.polyphony.spi.plugin.Setting;

/// How a policy on features is fitted and how sharply it answers.
///
/// @param temperature what the fitted scores are divided by when answering
/// @param weighting the form of the tensor loss
/// @param step of mirror descent
/// @param l2 how strongly a round is held to its start
/// @param rounds after which the fit gives up
/// @param inner mirror-descent steps in a round
/// @param earlyStop share of items on which the gap is watched
/// @param patience rounds without progress after which the fit stops
/// @param batchSize games in a minibatch
/// @param epochs passes over the games in one step
/// @param learningRate of Adam
/// @param hidden units of the network
/// @param unsafeMargin by how much allowed candidates beat unsafe ones in the fit
/// @param checkpoint folder of checkpoints
public record ParametricSettings(
        @Setting(
                description = "what the fitted scores are divided by when answering: 1 answers as fitted, less"
                        + " concentrates on the best, 0.01 nearly always answers it",
                defaultValue = "1")
        double temperature,

        @Setting(
                description = "win-rate: every candidate's win rate against the policy counts the same; on-policy:"
                        + " pairs count by how often the policy plays them",
                defaultValue = "win-rate")
        PairWeighting weighting,

        @Setting(
                description = "what multiplies the preference in one step, in nats per unit of preference; lowered"
                        + " to tau/(tau²+1/8) where that is less",
                defaultValue = "0.5")
        double step,

        @Setting(
                description = "weight of the squared distance of the parameters from where the round began;"
                        + " features are standardised. Larger is slower and takes weak evidence less seriously",
                defaultValue = "10")
        double l2,

        @Setting(description = "rounds after which the fit gives up", defaultValue = "200")
        int rounds,

        @Setting(
                description = "steps in a round, after which the reference moves to the policy (population) or tau"
                        + " is halved until it is reached (stakeholder)",
                defaultValue = "10")
        int inner,

        @Setting(
                description = "share of the items that is not fitted and on which the gap is watched, 0 to 0.5; with"
                        + " fewer than ten items all are fitted and watched",
                defaultValue = "0.2")
        double earlyStop,

        @Setting(
                description = "rounds in which the watched gap does not fall by .001, after which the fit stops",
                defaultValue = "5")
        int patience,

        @Setting(
                description = "games in a minibatch; 0 takes all, and solves each step of a linear policy exactly",
                defaultValue = "0")
        int batchSize,

        @Setting(description = "passes over the games in one step, where it is not solved exactly", defaultValue = "3")
        int epochs,

        @Setting(description = "Adam's step, where a step is not solved exactly", defaultValue = "0.01")
        double learningRate,

        @Setting(description = "mlp: units of the hidden layer", defaultValue = "16")
        int hidden,

        @Setting(
                description = "0 leaves candidates that are not allowed out of the fit; above 0 they teach what to"
                        + " avoid, every allowed one beating them by this much more than certainly",
                defaultValue = "0")
        double unsafeMargin,

        @Setting(
                description = "folder in which the fit is kept after every round, so that a killed run resumes to the"
                        + " same result; absent keeps none")
        Optional<String> checkpoint) {

    /// Refuses what no fit could work with.
    public ParametricSettings {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be positive, got " + temperature);
        }
        if (hidden < 1) {
            throw new IllegalArgumentException("hidden must be at least 1, got " + hidden);
        }
        if (!(unsafeMargin >= 0) || Double.isInfinite(unsafeMargin)) {
            throw new IllegalArgumentException("unsafe-margin must not be negative, got " + unsafeMargin);
        }
        if (!(earlyStop >= 0 && earlyStop <= 0.5)) {
            throw new IllegalArgumentException("early-stop must be between 0 and 0.5, got " + earlyStop);
        }
        new FitSettings(weighting, step, 1, l2, rounds, inner, epochs, batchSize, learningRate, earlyStop, patience);
    }

    /// The fit these ask for, with sub-games regularised by `tau`.
    FitSettings at(double tau) {
        return new FitSettings(
                weighting, step, tau, l2, rounds, inner, epochs, batchSize, learningRate, earlyStop, patience);
    }

    /// The margin, where unsafe candidates take part in the fit.
    OptionalDouble margin() {
        return unsafeMargin > 0 ? OptionalDouble.of(unsafeMargin) : OptionalDouble.empty();
    }
}
