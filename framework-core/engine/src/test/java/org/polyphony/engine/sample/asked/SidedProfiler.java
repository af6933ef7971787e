package org.polyphony.engine.sample.asked;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.SeatSupport;

/// The first seat prefers the longer of two texts, every other the shorter, by a strength for every
/// time that the profiles were opened: an answer tells how often that was. Once as a profiler that
/// generalises.
@Plugin(
        role = ValueProfiler.class,
        id = "sided",
        needs = Need.FEATURES,
        generalises = true,
        settings = SidedSettings.class,
        summary = "Prefers by length, for tests")
@Plugin(
        role = ValueProfiler.class,
        id = "sided-known",
        needs = Need.FEATURES,
        settings = SidedSettings.class,
        summary = "The same of known items")
public final class SidedProfiler implements ValueProfiler {

    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public Artefact fit(FitRequest request, PluginContext context) {
        var texts = new HashMap<String, String>();
        var tensors = new HashMap<String, Tensor>();
        SeatSupport.of(request, request.seating().seats(request.judgments())).into(texts, tensors, context.allocator());
        return Artefact.of("sample.sided", 1, texts, tensors);
    }

    @Override
    public ValueProfiles open(Artefact profiles, PluginContext context) {
        var seats = SeatSupport.of(profiles);
        double strength = context.settings(SidedSettings.class).strength() * opened.incrementAndGet();
        return (request, call) -> prefer(request, seats, strength, call);
    }

    private static PreferenceEstimate prefer(
            PreferRequest request, SeatSupport seats, double strength, PluginContext call) {
        var features = request.features().orElseThrow();
        var blends = request.viewpoints().stream().map(seats::blend).toList();
        var buckets = new TreeMap<Integer, List<Integer>>();
        for (int item = 0; item < request.candidates().items().size(); item++) {
            buckets.computeIfAbsent(request.candidates().count(item), _ -> new ArrayList<>())
                    .add(item);
        }
        var pairs = new ArrayList<PreferenceBucket>();
        buckets.forEach((k, items) -> {
            var p = call.allocator().doubles(items.size(), blends.size(), k, k);
            var counts = call.allocator().doubles(items.size(), blends.size(), k, k);
            var numbers = call.allocator().ints(items.size());
            long at = 0;
            for (int b = 0; b < items.size(); b++) {
                numbers.setInt(b, items.get(b));
                int first = request.candidates().first(items.get(b));
                for (Blend blend : blends) {
                    double longer = longer(seats, blend);
                    for (int ij = 0; ij < k * k; ij++) {
                        double apart = features.at(first + ij / k, 0) - features.at(first + ij % k, 0);
                        p.setDouble(at++, 0.5 + strength * longer * Math.signum(apart));
                    }
                }
            }
            pairs.add(PreferenceBucket.of(numbers, p, counts, counts));
        });
        return PreferenceEstimate.of(blends, pairs);
    }

    private static double longer(SeatSupport seats, Blend blend) {
        double sum = 0;
        for (Map.Entry<String, Double> share : blend.seats().entrySet()) {
            sum += seats.ids().indexOf(share.getKey()) == 0 ? share.getValue() : -share.getValue();
        }
        return sum;
    }
}
