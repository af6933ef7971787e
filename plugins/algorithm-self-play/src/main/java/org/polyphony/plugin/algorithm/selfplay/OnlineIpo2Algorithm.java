package org.polyphony.plugin.algorithm.selfplay;

import org.polyphony.games.selfplay.OnlineIpo2;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.plugin.Plugin;

/// Online IPO 2, see [OnlineIpo2].
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "online-ipo-2",
        formulations = Formulation.POPULATION,
        settings = RegularisedSettings.class,
        summary = "Online IPO 2, gradient descent on the IPO loss with pairs drawn from the policy:"
                + " its fixed point is the equilibrium of the regularised game, which it may circle"
                + " where tau is small.")
public final class OnlineIpo2Algorithm extends SelfPlayAlgorithm {

    /// Made by the engine.
    public OnlineIpo2Algorithm() {
        super("online-ipo-2", GoldenGame.regularisedCycle(1e-4), running((request, context) -> {
            var settings = context.settings(RegularisedSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(settings.step()
                    .<SelfPlayRule>map(step -> new OnlineIpo2(step, tau))
                    .orElseGet(() -> OnlineIpo2.ofTau(tau)));
        }));
    }
}
