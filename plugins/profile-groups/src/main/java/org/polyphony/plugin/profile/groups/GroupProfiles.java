package org.polyphony.plugin.profile.groups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.profile.BlendableProfiles;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// Opened group profiles. They know the items and candidates they were fitted to, and any choice of them;
/// nothing new.
final class GroupProfiles implements BlendableProfiles {
    private static final String BLEND = "blend";

    private final List<String> seats;
    private final List<String> items;
    private final List<String> candidates;
    private final int[] offsets;
    private final double[][] p;
    private final double[][] deviation;
    private final double[][] counts;
    private final Map<String, Integer> itemIndex = new HashMap<>();
    /// where the matrices of an item begin
    private final int[] start;

    GroupProfiles(
            List<String> seats,
            List<String> items,
            List<String> candidates,
            int[] offsets,
            double[][] p,
            double[][] deviation,
            double[][] counts) {
        this.seats = seats;
        this.items = items;
        this.candidates = candidates;
        this.offsets = offsets;
        this.p = p;
        this.deviation = deviation;
        this.counts = counts;
        this.start = new int[items.size() + 1];
        for (int item = 0; item < items.size(); item++) {
            itemIndex.put(items.get(item), item);
            int k = offsets[item + 1] - offsets[item];
            start[item + 1] = start[item] + k * k;
        }
    }

    @Override
    public PreferenceEstimate prefer(PreferRequest request, PluginContext context) {
        int[] who = request.seats().stream().mapToInt(this::seat).toArray();
        Candidates asked = request.candidates();
        var byCount = new TreeMap<Integer, List<Integer>>();
        for (int item = 0; item < asked.items().size(); item++) {
            byCount.computeIfAbsent(asked.count(item), absent -> new ArrayList<>())
                    .add(item);
        }
        var buckets = new ArrayList<PreferenceBucket>();
        byCount.forEach((k, of) -> {
            context.checkCancelled();
            buckets.add(bucket(asked, k, of, who, context.allocator()));
        });
        return PreferenceEstimate.of(request.seats(), buckets);
    }

    /// A person who is a member of each group with these probabilities: P is the mixture of theirs, counts
    /// are mixed alike, and the deviation is that of errors that point the same way in all groups, the most
    /// it can be.
    @Override
    public ValueProfiles blend(Map<String, Double> weights) {
        double sum = 0;
        for (var weight : weights.entrySet()) {
            if (!(weight.getValue() >= 0) || weight.getValue() == Double.POSITIVE_INFINITY) {
                throw new AlignmentException(
                        StandardErrorCode.VALUE_INVALID,
                        "the weight of " + weight.getKey() + " is " + weight.getValue()
                                + "; give finite weights from 0");
            }
            sum += weight.getValue();
        }
        if (!(sum > 0)) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "all weights of the blend are zero: " + weights + "; give one more");
        }
        int size = start[items.size()];
        double[] mixed = new double[size];
        double[] spread = new double[size];
        double[] compared = new double[size];
        for (var weight : new TreeMap<>(weights).entrySet()) {
            int seat = seat(weight.getKey());
            double share = weight.getValue() / sum;
            if (share == 0) {
                continue; // what is unknown of a seat that does not count is not unknown of the blend
            }
            for (int n = 0; n < size; n++) {
                double of = p[seat][n];
                mixed[n] += share * of;
                // the slope of P with respect to its logit is P(1 − P)
                spread[n] += share * of * (1 - of) * deviation[seat][n];
                compared[n] += share * counts[seat][n];
            }
        }
        mirror(mixed);
        for (int n = 0; n < size; n++) {
            double slope = mixed[n] * (1 - mixed[n]);
            spread[n] = slope > 0 || Double.isNaN(spread[n]) ? spread[n] / slope : 0;
        }
        return new GroupProfiles(
                List.of(BLEND),
                items,
                candidates,
                offsets,
                new double[][] {mixed},
                new double[][] {spread},
                new double[][] {compared});
    }

    /// P of one seat and pair of candidates of an item.
    double probability(String who, int item, int i, int j) {
        int k = offsets[item + 1] - offsets[item];
        return p[seat(who)][start[item] + i * k + j];
    }

    private PreferenceBucket bucket(Candidates asked, int k, List<Integer> of, int[] who, TensorAllocator memory) {
        Tensor numbers = memory.ints(of.size());
        Tensor probabilities = memory.doubles(of.size(), who.length, k, k);
        Tensor deviations = memory.doubles(of.size(), who.length, k, k);
        Tensor comparisons = memory.doubles(of.size(), who.length, k, k);
        for (int b = 0; b < of.size(); b++) {
            numbers.setInt(b, of.get(b));
            int item = item(asked.items().get(of.get(b)));
            int[] place = places(asked, of.get(b), item);
            int width = offsets[item + 1] - offsets[item];
            for (int s = 0; s < who.length; s++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        long to = (((long) b * who.length + s) * k + i) * k + j;
                        int from = start[item] + place[i] * width + place[j];
                        probabilities.setDouble(to, p[who[s]][from]);
                        deviations.setDouble(to, deviation[who[s]][from]);
                        comparisons.setDouble(to, counts[who[s]][from]);
                    }
                }
            }
        }
        return PreferenceBucket.of(numbers, probabilities, deviations, comparisons);
    }

    private int seat(String name) {
        int seat = seats.indexOf(name);
        if (seat < 0) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "nobody called " + name + " has a profile; these have: " + seats + ", ask for one of them");
        }
        return seat;
    }

    private int item(String id) {
        Integer item = itemIndex.get(id);
        if (item == null) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "item " + id + " was not judged when the profiles were fitted; fit again with judgments about it");
        }
        return item;
    }

    /// Where the candidates asked about are among those fitted.
    private int[] places(Candidates asked, int number, int item) {
        Map<String, Integer> known = new HashMap<>();
        for (int c = offsets[item]; c < offsets[item + 1]; c++) {
            known.put(candidates.get(c), c - offsets[item]);
        }
        int[] places = new int[asked.count(number)];
        for (int i = 0; i < places.length; i++) {
            String id = asked.ids().get(asked.first(number) + i);
            Integer place = known.get(id);
            if (place == null) {
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "candidate " + id + " of item " + items.get(item)
                                + " was not judged when the profiles were fitted; fit again with judgments about it");
            }
            places[i] = place;
        }
        return places;
    }

    /// Rounding must not take P + Pᵀ from 1.
    private void mirror(double[] matrices) {
        for (int item = 0; item < items.size(); item++) {
            int k = offsets[item + 1] - offsets[item];
            for (int i = 0; i < k; i++) {
                matrices[start[item] + i * k + i] = 0.5;
                for (int j = 0; j < i; j++) {
                    matrices[start[item] + i * k + j] = 1 - matrices[start[item] + j * k + i];
                }
            }
        }
    }
}
