package org.polyphony.games.parametric;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.notNegative;
import static org.polyphony.support.settings.SettingChecks.positive;

import org.polyphony.spi.plugin.Setting;

/// How one step is minimised where it is not solved exactly.
///
/// @param batchSize games in a minibatch; 0 takes all, and solves a linear policy exactly
/// @param epochs passes over the games for one step, where it is not solved exactly
/// @param learningRate of Adam
public record Minibatches(
        @Setting(
                description = "games in a minibatch; 0 takes all, and solves each step of a linear policy exactly",
                defaultValue = "0")
        int batchSize,

        @Setting(description = "passes over the games in one step, where it is not solved exactly", defaultValue = "3")
        int epochs,

        @Setting(description = "Adam's step, where a step is not solved exactly", defaultValue = "0.01")
        double learningRate) {

    /// Refuses what no fit could work with.
    public Minibatches {
        notNegative("batch-size", batchSize);
        atLeast(1, "epochs", epochs);
        positive("learning-rate", learningRate);
    }
}
