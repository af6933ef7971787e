package org.polyphony.engine.sample.parametric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.tensor.Tensor;

/// Nobody prefers anything.
@Plugin(role = ValueProfiler.class, id = "coin", summary = "Tosses coins, for tests")
public final class CoinProfiler implements ValueProfiler {

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        return Artefact.of("sample.coin", 1, Map.of(), Map.of());
    }

    @Override
    public ValueProfiles open(Artefact profiles, PluginContext context) {
        return (request, call) -> prefer(request);
    }

    static PreferenceEstimate prefer(PreferRequest request) {
        var byCount = new TreeMap<Integer, ArrayList<Integer>>();
        for (int item = 0; item < request.candidates().items().size(); item++) {
            byCount.computeIfAbsent(request.candidates().count(item), _ -> new ArrayList<>())
                    .add(item);
        }
        var buckets = new ArrayList<PreferenceBucket>();
        int s = request.viewpoints().size();
        byCount.forEach((k, items) -> {
            int b = items.size();
            var halves = new double[b * s * k * k];
            Arrays.fill(halves, 0.5);
            var zeros = Tensor.ofDoubles(new double[halves.length], b, s, k, k);
            buckets.add(PreferenceBucket.of(
                    Tensor.ofInts(items.stream().mapToInt(Integer::intValue).toArray(), b),
                    Tensor.ofDoubles(halves, b, s, k, k),
                    zeros,
                    zeros));
        });
        return PreferenceEstimate.ofSeats(
                request.viewpoints().stream().map(Viewpoint::id).toList(), buckets);
    }
}
