package org.polyphony.plugin.profile.linear;

import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;

/// Value profiles on features: what everybody has in common, what each seat differs in, and each person, shrunk
/// towards each other by what the data say of how much people differ.
///
/// log odds P(i over k) = η + t·(u + v), η = x·w + bᵢ − bₖ + α, t = (η, a few columns of x), x = zᵢ − zₖ; u is a seat's
/// and v a person's. b is what features do not explain of a candidate that was judged, the slope t₀ is reliability, and
/// α is the effect of the order shown, where it is known; answers are without it. Ties are half of each.
///
/// It answers candidates nobody judged from their features. Judgments of people without a seat inform the population.
@Plugin(
        role = ValueProfiler.class,
        id = "linear",
        settings = LinearSettings.class,
        summary = "Preferences of seats and persons explained by features of the answers; answers new items",
        needs = Need.FEATURES,
        generalises = true)
public final class LinearProfiler implements ValueProfiler, SelfTesting {

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        return LinearArtefact.write(
                LinearFit.fit(request, context.settings(LinearSettings.class), context), context.allocator());
    }

    @Override
    public ValueProfiles open(Artefact artefact, PluginContext context) {
        return new LinearProfiles(LinearArtefact.read(artefact));
    }

    /// One pair, of which three of four prefer the first: its log odds η solve 4 (3/4 − σ(η)) = η / v, v being their
    /// variance before.
    @Override
    public void selfTest(PluginContext context) {
        var design = new Design(new double[] {1, -1}, new int[] {0}, new int[] {0, 2});
        var answers =
                new Answers(new int[] {0}, new int[] {1}, new boolean[] {false}, new double[] {4}, new double[] {.75});
        var variances = new Variances(new double[] {.25}, .1, 0);
        Population found = PopulationFit.fixed(design, answers, variances, Parallel.SEQUENTIAL);
        double eta = found.score(design, 0) - found.score(design, 1);
        double left = 4 * (.75 - Logistic.sigmoid(eta)) - eta / (4 * .25 + 2 * .1);
        if (!(Math.abs(left) < 1e-8)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "three of four answers gave log odds of " + eta + ", which leave a slope of " + left
                            + ", not 0; this build of the plugin does not work here");
        }
    }
}
