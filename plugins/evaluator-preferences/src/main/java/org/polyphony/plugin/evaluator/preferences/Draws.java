package org.polyphony.plugin.evaluator.preferences;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.notNegative;

import org.polyphony.spi.plugin.Setting;

/// How often the evidence is drawn again.
///
/// @param bootstrapDraws draws of judges, and of items
/// @param placeboDraws relabellings of groups
/// @param placeboGameDraws relabellings for which games are solved along the path
/// @param winnerDraws draws of judges for which models are fitted and games solved again
/// @param relabellings relabellings by which seats are tested; fewer where the data are large
public record Draws(
        @Setting(description = "bootstrap draws of judges and of items", defaultValue = "200")
        int bootstrapDraws,

        @Setting(
                description = "placebo groups beside the path of shrinkage: relabellings by judge",
                defaultValue = "40")
        int placeboDraws,

        @Setting(description = "relabellings for which games are solved along the path", defaultValue = "25")
        int placeboGameDraws,

        @Setting(
                description = "draws of judges for which models are fitted and games solved again",
                defaultValue = "200")
        int winnerDraws,

        @Setting(
                description = "relabellings by which seats are tested; not more than 1e8 / (judgments x seats), but"
                        + " at least 199",
                defaultValue = "999")
        int relabellings) {

    /// Rows of pairs up to which every draw that is asked for is taken.
    static final long AFFORDABLE_ROWS = 200_000;

    /// Refuses what cannot be computed.
    public Draws {
        atLeast(1, "bootstrap-draws", bootstrapDraws);
        atLeast(1, "placebo-draws", placeboDraws);
        notNegative("placebo-game-draws", placeboGameDraws);
        atLeast(1, "winner-draws", winnerDraws);
        atLeast(99, "relabellings", relabellings);
    }

    /// The same for data of a size: beyond 200,000 rows of pairs, draws for which models are fitted again are fewer in
    /// proportion, but at least 20 (8 where games are solved along the path). A rule of size alone, so that a study
    /// repeats itself.
    Draws within(long rows) {
        double share = Math.min(1, AFFORDABLE_ROWS / (double) Math.max(1, rows));
        return new Draws(
                bootstrapDraws,
                fewer(placeboDraws, share, 20),
                fewer(placeboGameDraws, share, 8),
                fewer(winnerDraws, share, 20),
                relabellings);
    }

    private static int fewer(int asked, double share, int least) {
        return Math.max(Math.min(asked, least), (int) (asked * share));
    }
}
