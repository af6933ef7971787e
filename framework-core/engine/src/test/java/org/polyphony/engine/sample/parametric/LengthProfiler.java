package org.polyphony.engine.sample.parametric;

import java.util.Map;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.Tensor;

/// Everybody prefers the longer text, by a strength that tells which items the fit has learned from: P = 1/2 + the sum
/// of 2^item / 1000 over these.
@Plugin(
        role = ValueProfiler.class,
        id = "by-length",
        needs = Need.FEATURES,
        generalises = true,
        summary = "Remembers which items it learned from, for tests")
public final class LengthProfiler implements ValueProfiler {

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        int learned = 0;
        for (int n = 0; n < request.judgments().count(); n++) {
            if (request.weights().getDouble(n) > 0) {
                learned |= 1 << request.judgments().item(n);
            }
        }
        return Artefact.of(
                "sample.by-length",
                1,
                Map.of(),
                Map.of("strength", Tensor.ofDoubles(new double[] {learned / 1000.0}, 1)));
    }

    @Override
    public ValueProfiles open(Artefact profiles, PluginContext context) {
        double strength = profiles.tensor("strength").getDouble(0);
        return (request, call) -> prefer(request, strength);
    }

    private static PreferenceEstimate prefer(PreferRequest request, double strength) {
        var features = request.features().orElseThrow();
        var estimate = CoinProfiler.prefer(request);
        for (var bucket : estimate.pairs()) {
            int s = request.viewpoints().size();
            int k = bucket.candidates();
            for (int g = 0; g < bucket.items().size(); g++) {
                int first = request.candidates().first(bucket.items().getInt(g));
                for (int at = 0; at < s * k * k; at++) {
                    double longer = features.at(first + at / k % k, 0) - features.at(first + at % k, 0);
                    bucket.p().setDouble((long) g * s * k * k + at, 0.5 + strength * Math.signum(longer));
                }
            }
        }
        return estimate;
    }
}
