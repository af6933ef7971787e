package org.polyphony.plugin.algorithm.nashdpo;

import static org.polyphony.support.settings.SettingChecks.atLeast;
import static org.polyphony.support.settings.SettingChecks.positive;

import org.polyphony.spi.plugin.Setting;

/// How the population game is solved where it is not regularised.
///
/// @param solver the method
/// @param prmTolerance duality gap at which regret matching stops
/// @param prmIterations updates after which regret matching gives up
record PopulationSettings(
        @Setting(
                description = "population: exact by linear programming, or prm-plus by regret matching",
                defaultValue = "exact")
        PopulationMethod solver,

        @Setting(description = "prm-plus: duality gap at which it stops", defaultValue = "1e-6")
        double prmTolerance,

        @Setting(description = "prm-plus: updates after which it gives up", defaultValue = "200000")
        int prmIterations) {

    PopulationSettings {
        positive("prm-tolerance", prmTolerance);
        atLeast(1, "prm-iterations", prmIterations);
    }
}
