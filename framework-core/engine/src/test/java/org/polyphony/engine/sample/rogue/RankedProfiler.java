package org.polyphony.engine.sample.rogue;

import java.util.ArrayList;
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

/// Everybody prefers earlier candidates.
@Plugin(role = ValueProfiler.class, id = "ranked", summary = "Prefers what comes first, for tests")
public final class RankedProfiler implements ValueProfiler {

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        return Artefact.of("sample.ranked", 1, Map.of(), Map.of());
    }

    @Override
    public ValueProfiles open(Artefact profiles, PluginContext context) {
        return (request, _) -> prefer(request);
    }

    private static PreferenceEstimate prefer(PreferRequest request) {
        var byCount = new TreeMap<Integer, ArrayList<Integer>>();
        for (int item = 0; item < request.candidates().items().size(); item++) {
            byCount.computeIfAbsent(request.candidates().count(item), _ -> new ArrayList<>())
                    .add(item);
        }
        var buckets = new ArrayList<PreferenceBucket>();
        int s = request.viewpoints().size();
        byCount.forEach((k, items) -> {
            int b = items.size();
            var p = new double[b * s * k * k];
            for (int at = 0; at < p.length; at++) {
                p[at] = 0.5 + 0.1 * (at % k - at / k % k);
            }
            var zeros = Tensor.ofDoubles(new double[p.length], b, s, k, k);
            buckets.add(PreferenceBucket.of(
                    Tensor.ofInts(items.stream().mapToInt(Integer::intValue).toArray(), b),
                    Tensor.ofDoubles(p, b, s, k, k),
                    zeros,
                    zeros));
        });
        return PreferenceEstimate.ofSeats(
                request.viewpoints().stream().map(Viewpoint::id).toList(), buckets);
    }
}
