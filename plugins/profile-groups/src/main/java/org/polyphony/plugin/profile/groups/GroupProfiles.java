package org.polyphony.plugin.profile.groups;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.ScoreBucket;
import org.polyphony.spi.profile.ValueProfiles;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;
import org.polyphony.support.SeatSupport;

/// Opened group profiles. They know the items and candidates they were fitted to, and any choice of them;
/// nothing new.
///
/// **Mixtures.** Somebody drawn from seats with shares w prefers i to j with the probability Σ w P: that is
/// a random member, and games are linear in P (scores are not: their average is nobody's). Counts are mixed
/// alike; the deviation is that of errors that point the same way in all seats, the most it can be.
final class GroupProfiles implements ValueProfiles {
    private final SeatSupport seats;
    private final List<String> items;
    private final List<String> candidates;
    private final int[] offsets;
    private final double[][] p;
    private final double[][] deviation;
    private final double[][] counts;
    private final Optional<double[][]> scores;
    private final Map<String, Integer> itemIndex = new HashMap<>();
    /// where the matrices of an item begin
    private final int[] start;

    GroupProfiles(
            SeatSupport seats,
            List<String> items,
            List<String> candidates,
            int[] offsets,
            double[][] p,
            double[][] deviation,
            double[][] counts,
            Optional<double[][]> scores) {
        this.seats = seats;
        this.items = items;
        this.candidates = candidates;
        this.offsets = offsets;
        this.p = p;
        this.deviation = deviation;
        this.counts = counts;
        this.scores = scores;
        this.start = new int[items.size() + 1];
        for (int item = 0; item < items.size(); item++) {
            itemIndex.put(items.get(item), item);
            int k = offsets[item + 1] - offsets[item];
            start[item + 1] = start[item] + k * k;
        }
    }

    @Override
    public PreferenceEstimate prefer(PreferRequest request, PluginContext context) {
        List<Blend> blends = request.viewpoints().stream().map(seats::blend).toList();
        List<double[]> shares = blends.stream().map(seats::shares).toList();
        if (request.form() == Form.SCORES) {
            double[][] of = scored(blends);
            return PreferenceEstimate.ofScores(
                    blends, buckets(request.candidates(), context, (k, some) -> scores(k, some, shares, of, context)));
        }
        return PreferenceEstimate.of(
                blends,
                buckets(request.candidates(), context, (k, some) -> pairs(k, some, shares, context.allocator())));
    }

    /// P of one seat and pair of candidates of an item.
    double probability(int seat, int item, int i, int j) {
        int k = offsets[item + 1] - offsets[item];
        return p[seat][start[item] + i * k + j];
    }

    /// An item that was asked about.
    ///
    /// @param number its number there
    /// @param first where its candidates begin among those fitted
    /// @param matrix where its matrices begin
    /// @param width how many candidates were fitted
    /// @param place where those asked about are among these
    private record Asked(int number, int first, int matrix, int width, int[] place) {

        int at(int i, int j) {
            return matrix + place[i] * width + place[j];
        }
    }

    private <B> List<B> buckets(Candidates asked, PluginContext context, BiFunction<Integer, List<Asked>, B> bucket) {
        var byCount = new TreeMap<Integer, List<Asked>>();
        for (int number = 0; number < asked.items().size(); number++) {
            int item = item(asked.items().get(number));
            byCount.computeIfAbsent(asked.count(number), absent -> new ArrayList<>())
                    .add(new Asked(
                            number,
                            offsets[item],
                            start[item],
                            offsets[item + 1] - offsets[item],
                            places(asked, number, item)));
        }
        var buckets = new ArrayList<B>();
        byCount.forEach((k, of) -> {
            context.checkCancelled();
            buckets.add(bucket.apply(k, of));
        });
        return buckets;
    }

    private PreferenceBucket pairs(int k, List<Asked> of, List<double[]> shares, TensorAllocator memory) {
        int viewpoints = shares.size();
        Tensor probabilities = memory.doubles(of.size(), viewpoints, k, k);
        Tensor deviations = memory.doubles(of.size(), viewpoints, k, k);
        Tensor comparisons = memory.doubles(of.size(), viewpoints, k, k);
        long to = 0;
        for (Asked item : of) {
            for (double[] share : shares) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < k; j++) {
                        probabilities.setDouble(to, probability(share, item, i, j));
                        deviations.setDouble(to, deviation(share, item.at(i, j)));
                        comparisons.setDouble(to, mixed(share, counts, item.at(i, j)));
                        to++;
                    }
                }
            }
        }
        return PreferenceBucket.of(numbers(of, memory), probabilities, deviations, comparisons);
    }

    // rounding must not take P + Pᵀ from 1
    private double probability(double[] share, Asked item, int i, int j) {
        return i == j
                ? 0.5
                : item.place()[i] < item.place()[j]
                        ? mixed(share, p, item.at(i, j))
                        : 1 - mixed(share, p, item.at(j, i));
    }

    private double deviation(double[] share, int at) {
        double spread = 0;
        for (int s = 0; s < share.length; s++) {
            if (share[s] == 1) {
                return deviation[s][at];
            } else if (share[s] > 0) {
                // the slope of P with respect to its logit is P(1 − P)
                spread += share[s] * p[s][at] * (1 - p[s][at]) * deviation[s][at];
            }
        }
        double mean = mixed(share, p, at);
        double slope = mean * (1 - mean);
        return slope > 0 || Double.isNaN(spread) ? spread / slope : 0;
    }

    private static double mixed(double[] share, double[][] of, int at) {
        double sum = 0;
        for (int s = 0; s < share.length; s++) {
            sum += share[s] > 0 ? share[s] * of[s][at] : 0;
        }
        return sum;
    }

    private double[][] scored(List<Blend> blends) {
        double[][] known = scores.orElseThrow(() -> new AlignmentException(
                StandardErrorCode.UNSUPPORTED,
                "this model of preferences has no scores, only pairs, which may go in circles; ask for pairs or fit the"
                        + " model bradley-terry"));
        blends.stream().filter(blend -> blend.seats().size() > 1).findFirst().ifPresent(blend -> {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "viewpoint " + blend.viewpoint() + " mixes " + blend.seats().keySet()
                            + ", and a mixture of preferences has no scores; ask for pairs");
        });
        return known;
    }

    private ScoreBucket scores(int k, List<Asked> of, List<double[]> shares, double[][] known, PluginContext context) {
        Tensor values = context.allocator().doubles(of.size(), shares.size(), k);
        Tensor deviations = context.allocator().doubles(of.size(), shares.size(), k);
        long row = 0;
        for (Asked item : of) {
            for (double[] share : shares) {
                double[] scores = new double[k];
                double mean = 0;
                for (int i = 0; i < k; i++) {
                    scores[i] = mixed(share, known, item.first() + item.place()[i]);
                    mean += scores[i] / k;
                }
                double[] apart = new double[k * k];
                Arrays.setAll(apart, at -> deviation(share, item.at(at / k, at % k)));
                double[] spread = Strengths.centredDeviations(apart, k);
                for (int i = 0; i < k; i++) {
                    values.setDouble(row * k + i, scores[i] - mean);
                    deviations.setDouble(row * k + i, spread[i]);
                }
                row++;
            }
        }
        return ScoreBucket.of(numbers(of, context.allocator()), values, deviations);
    }

    private static Tensor numbers(List<Asked> of, TensorAllocator memory) {
        Tensor numbers = memory.ints(of.size());
        for (int b = 0; b < of.size(); b++) {
            numbers.setInt(b, of.get(b).number());
        }
        return numbers;
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
}
