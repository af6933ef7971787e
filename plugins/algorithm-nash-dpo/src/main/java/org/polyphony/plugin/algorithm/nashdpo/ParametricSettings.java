package org.polyphony.plugin.algorithm.nashdpo;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.notNegative;
import static org.polyphony.support.settings.SettingChecks.positive;

import java.util.Optional;
import java.util.OptionalDouble;
import org.polyphony.games.parametric.FitSettings;
import org.polyphony.spi.plugin.Setting;

/// How a policy on features is fitted and how sharply it answers.
///
/// @param temperature what the fitted scores are divided by when answering
/// @param method the rounds, their steps and their end
/// @param hidden units of the network
/// @param unsafeMargin by how much allowed candidates beat unsafe ones in the fit
/// @param checkpoint folder of checkpoints
public record ParametricSettings(
        @Setting(
                description = "what the fitted scores are divided by when answering: 1 answers as fitted, less"
                        + " concentrates on the best, 0.01 nearly always answers it",
                defaultValue = "1")
        double temperature,

        FitSettings method,

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
        positive("temperature", temperature);
        atLeast(1, "hidden", hidden);
        notNegative("unsafe-margin", unsafeMargin);
    }

    /// The margin, where unsafe candidates take part in the fit.
    OptionalDouble margin() {
        return unsafeMargin > 0 ? OptionalDouble.of(unsafeMargin) : OptionalDouble.empty();
    }
}
