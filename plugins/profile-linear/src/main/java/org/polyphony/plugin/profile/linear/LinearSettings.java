package org.polyphony.plugin.profile.linear;

import java.util.List;
import org.polyphony.spi.plugin.Setting;
import org.polyphony.support.settings.SettingChecks;

/// How value profiles on features are fitted.
///
/// @param blocks the columns of each encoder, in the order of the study's encoders
/// @param taste along how many columns of each encoder seats and persons may differ, beside reliability
/// @param folds folds of people for the log odds that seats and persons are fitted on
public record LinearSettings(
        @Setting(
                description =
                        "The columns of each encoder, in the order of the study's encoders; absent: all columns are"
                                + " one encoder's")
        List<FeatureBlock> blocks,

        @Setting(
                description =
                        "Along how many components of each encoder seats and persons may differ, beside reliability",
                defaultValue = "6")
        int taste,

        @Setting(
                description =
                        "Folds of people: seats and persons are fitted on what a population without their fold says",
                defaultValue = "5")
        int folds) {

    private static final int MOST_BLOCKS = 8;

    /// Checks the values that stand alone.
    public LinearSettings {
        blocks = List.copyOf(blocks);
        SettingChecks.within("blocks", blocks.size(), 0, MOST_BLOCKS);
        SettingChecks.notNegative("taste", taste);
        SettingChecks.within("folds", folds, 2, 100);
    }

    /// The blocks of features of so many columns; empty where they do not fit.
    List<FeatureBlock> blocks(int width) {
        if (blocks.isEmpty()) {
            return List.of(new FeatureBlock(width, FeatureBlock.Scale.COLUMN, 24));
        }
        return blocks.stream().mapToInt(FeatureBlock::columns).sum() == width ? blocks : List.of();
    }
}
