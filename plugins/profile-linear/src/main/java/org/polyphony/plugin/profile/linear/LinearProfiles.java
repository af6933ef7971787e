package org.polyphony.plugin.profile.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.polyphony.preferences.model.Logistic;
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
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;

/// Opened value profiles. Any candidates are answered, by their features; of those that were judged more is known.
///
/// P is the mean over all that is unknown, σ(κη'), κ = 1/√(1 + πd²/8), η' the log odds and d their deviation, which is
/// told with it; the scores are those of η'. The answer of a seat is that of somebody in it whom nobody has heard, so d
/// holds how much its people differ. **Mixtures** average probabilities: that is a random member, and games are linear
/// in
/// P; the deviation is that of errors that point the same way in all seats, the most it can be.
final class LinearProfiles implements ValueProfiles {
    private static final int UNKNOWN = -1;

    private final LinearModel model;
    private final List<Posterior> seats = new ArrayList<>();
    private final Map<String, Integer> itemIndex = new HashMap<>();
    private final Map<String, Integer> personIndex = new HashMap<>();
    private final int[] block;

    LinearProfiles(LinearModel model) {
        this.model = model;
        this.block = model.basis().block();
        int[] levelBlock = model.levelBlock();
        for (int s = 0; s < model.levels().seats().length; s++) {
            seats.add(model.levels().member(s, levelBlock));
        }
        for (String item : model.known().items()) {
            itemIndex.put(item, itemIndex.size());
        }
        model.persons().ifPresent(persons -> persons.ids().forEach(id -> personIndex.put(id, personIndex.size())));
    }

    @Override
    public PreferenceEstimate prefer(PreferRequest request, PluginContext context) {
        var asked = request.viewpoints().stream().map(this::asked).toList();
        double[] z = columns(request);
        var blends = asked.stream().map(Asked::blend).toList();
        if (request.form() == Form.SCORES) {
            asked.forEach(LinearProfiles::requireScores);
            return PreferenceEstimate.ofScores(
                    blends, buckets(request.candidates(), z, context, of -> scores(of, asked, context)));
        }
        return PreferenceEstimate.of(
                blends, buckets(request.candidates(), z, context, of -> pairs(of, asked, context)));
    }

    /// Somebody who is asked: one of a seat, or a person.
    ///
    /// @param share of the answer
    /// @param known what is known of them
    /// @param who as which their comparisons are counted
    /// @param uncertain whether their deviation is told
    private record Voice(double share, Posterior known, int who, boolean uncertain) {}

    /// A viewpoint, and those it mixes.
    private record Asked(Blend blend, List<Voice> voices) {}

    private Asked asked(Viewpoint viewpoint) {
        if (viewpoint.whose() instanceof Whose.Person person
                && viewpoint.values().isEmpty()
                && model.persons().isPresent()) {
            return person(viewpoint.id(), person, model.persons().get());
        }
        Blend blend = model.support().seats().blend(viewpoint);
        double[] shares = model.support().seats().shares(blend);
        var voices = new ArrayList<Voice>();
        for (int s = 0; s < shares.length; s++) {
            if (shares[s] > 0) {
                voices.add(new Voice(shares[s], seats.get(s), s, true));
            }
        }
        return new Asked(blend, voices);
    }

    private Asked person(String viewpoint, Whose.Person asked, Persons persons) {
        if (asked.adapted().isPresent()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "these profiles do not read what was learned of " + asked.id()
                            + " after the fit; ask without it, or fit again with the new judgments");
        }
        Integer p = personIndex.get(asked.id());
        if (p == null) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "nobody called " + asked.id() + " was among the "
                            + persons.ids().size() + " people of the fit; ask for one of them, or for a seat");
        }
        double[] shares = persons.shares()[p];
        double seated = Arrays.stream(shares).sum();
        var of = new TreeMap<String, Double>();
        List<String> names = model.support().seats().ids();
        for (int s = 0; s < shares.length; s++) {
            if (shares[s] > 0) {
                of.put(names.get(s), shares[s] / seated);
            }
        }
        return new Asked(
                new Blend(viewpoint, of, persons.judgments()[p], 1),
                List.of(new Voice(1, persons.known().get(p), seats.size() + p, persons.intervals())));
    }

    private double[] columns(PreferRequest request) {
        Tensor features = request.features()
                .orElseThrow(() -> new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "these profiles know candidates by their features, and none were given with "
                                + request.candidates().items() + "; give those of the encoders they were fitted with"));
        int n = request.candidates().ids().size();
        if (features.dimension(0) != n || features.dimension(1) != model.basis().width()) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "features are " + features + " where FLOAT64[" + n + ", "
                            + model.basis().width()
                            + "] are needed; give those of the encoders the profiles were fitted with");
        }
        return model.basis().apply(features.toDoubles(), n);
    }

    /// An item that was asked about: of its pairs the population's log odds and what they leave open.
    ///
    /// @param number its number there
    /// @param places of its candidates in the fit, or unknown [K]
    /// @param scores of the population [K]
    /// @param t of its candidates, whose differences are those of pairs `[K][r]`
    /// @param noise variance of the population's log odds [K, K]
    /// @param centredNoise variance of the population's score less the mean of the item's [K]
    private record Item(
            int number, int[] places, double[] scores, double[][] t, double[] noise, double[] centredNoise) {

        int size() {
            return places.length;
        }

        double[] apart(int i, int k) {
            double[] apart = new double[t[i].length];
            Arrays.setAll(apart, c -> t[i][c] - t[k][c]);
            return apart;
        }

        /// Deviation of a score less the mean of the item's, for somebody: what the population leaves open, and t·m.
        double centredDeviation(Posterior whose, int i) {
            double[] centred = new double[t[i].length];
            Arrays.setAll(centred, c -> {
                double mean = 0;
                for (double[] of : t) {
                    mean += of[c] / t.length;
                }
                return t[i][c] - mean;
            });
            return Math.sqrt(whose.variance(centred) + centredNoise[i]);
        }
    }

    private <B> List<B> buckets(Candidates asked, double[] z, PluginContext context, Function<List<Item>, B> bucket) {
        var byCount = new TreeMap<Integer, List<Item>>();
        for (int number = 0; number < asked.items().size(); number++) {
            context.checkCancelled();
            byCount.computeIfAbsent(asked.count(number), _ -> new ArrayList<>()).add(item(asked, number, z));
        }
        var buckets = new ArrayList<B>();
        byCount.values().forEach(of -> buckets.add(bucket.apply(of)));
        return buckets;
    }

    private Item item(Candidates asked, int number, double[] z) {
        int k = asked.count(number);
        int first = asked.first(number);
        int d = block.length;
        Population population = model.population();
        int known = itemIndex.getOrDefault(asked.items().get(number), UNKNOWN);
        int[] places = places(asked, number, known);
        double[] scores = new double[k];
        double[][] t = new double[k][model.taste().length + 1];
        for (int i = 0; i < k; i++) {
            scores[i] = Matrices.dot(z, (first + i) * d, population.weights(), 0, d)
                    + (places[i] == UNKNOWN ? 0 : population.residual()[places[i]]);
            t[i][0] = scores[i];
            for (int c = 0; c < model.taste().length; c++) {
                t[i][c + 1] = z[(first + i) * d + model.taste()[c]];
            }
        }
        double[] noise = new double[k * k];
        double[] x = new double[d];
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                for (int c = 0; c < d; c++) {
                    x[c] = z[(first + i) * d + c] - z[(first + j) * d + c];
                }
                int from = known == UNKNOWN ? 0 : model.known().offsets()[known];
                double variance = places[i] == UNKNOWN || places[j] == UNKNOWN
                        ? population.varianceUnseen(x)
                        : population.variance(known, places[i] - from, places[j] - from, x, block);
                noise[i * k + j] = variance;
                noise[j * k + i] = variance;
            }
        }
        double[] centred =
                Strengths.centredDeviations(Arrays.stream(noise).map(Math::sqrt).toArray(), k);
        Arrays.setAll(centred, i -> centred[i] * centred[i]);
        return new Item(number, places, scores, t, noise, centred);
    }

    private int[] places(Candidates asked, int number, int known) {
        int[] places = new int[asked.count(number)];
        Arrays.fill(places, UNKNOWN);
        if (known != UNKNOWN) {
            var of = new HashMap<String, Integer>();
            for (int c = model.known().offsets()[known]; c < model.known().offsets()[known + 1]; c++) {
                of.put(model.known().ids().get(c), c);
            }
            Arrays.setAll(places, i -> of.getOrDefault(asked.ids().get(asked.first(number) + i), UNKNOWN));
        }
        return places;
    }

    private PreferenceBucket pairs(List<Item> of, List<Asked> asked, PluginContext context) {
        int k = of.getFirst().size();
        var memory = context.allocator();
        Tensor p = memory.doubles(of.size(), asked.size(), k, k);
        Tensor deviations = memory.doubles(of.size(), asked.size(), k, k);
        Tensor counts = memory.doubles(of.size(), asked.size(), k, k);
        long at = 0;
        for (Item item : of) {
            context.checkCancelled();
            for (Asked viewpoint : asked) {
                for (int i = 0; i < k; i++) {
                    p.setDouble(at + (long) i * k + i, 0.5);
                    for (int j = i + 1; j < k; j++) {
                        pair(item, viewpoint, i, j, new Cells(p, deviations, counts, at));
                    }
                }
                at += (long) k * k;
            }
        }
        return PreferenceBucket.of(numbers(of, context), p, deviations, counts);
    }

    /// The matrices of an item and viewpoint, where they begin.
    private record Cells(Tensor p, Tensor deviations, Tensor counts, long from) {

        void set(int ij, int ji, double probability, double deviation, double count) {
            p.setDouble(from + ij, probability);
            p.setDouble(from + ji, 1 - probability);
            deviations.setDouble(from + ij, deviation);
            deviations.setDouble(from + ji, deviation);
            counts.setDouble(from + ij, count);
            counts.setDouble(from + ji, count);
        }
    }

    private void pair(Item item, Asked viewpoint, int i, int j, Cells to) {
        double mean = 0;
        double spread = 0;
        double count = 0;
        double deviation = 0;
        double[] t = item.apart(i, j);
        for (Voice voice : viewpoint.voices()) {
            double eta = voice.known().logOdds(item.scores()[i] - item.scores()[j], t);
            double variance = voice.known().variance(t) + item.noise()[i * item.size() + j];
            double p = Logistic.sigmoid(Posterior.shrink(variance) * eta);
            deviation = voice.uncertain() ? Math.sqrt(variance) : Double.NaN;
            mean += voice.share() * p;
            // the slope of P with respect to its logit is P(1 − P)
            spread += voice.share() * p * (1 - p) * deviation;
            if (item.places()[i] != UNKNOWN && item.places()[j] != UNKNOWN) {
                count += voice.share() * model.support().pairs().of(voice.who(), item.places()[i], item.places()[j]);
            }
        }
        double slope = mean * (1 - mean);
        double of = viewpoint.voices().size() == 1 ? deviation : slope > 0 ? spread / slope : 0;
        to.set(i * item.size() + j, j * item.size() + i, mean, of, count);
    }

    private static void requireScores(Asked asked) {
        if (asked.voices().size() > 1) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "viewpoint " + asked.blend().viewpoint() + " mixes "
                            + asked.blend().seats().keySet()
                            + ", and a mixture of preferences has no scores; ask for pairs");
        }
    }

    private ScoreBucket scores(List<Item> of, List<Asked> asked, PluginContext context) {
        int k = of.getFirst().size();
        Tensor scores = context.allocator().doubles(of.size(), asked.size(), k);
        Tensor deviations = context.allocator().doubles(of.size(), asked.size(), k);
        long at = 0;
        for (Item item : of) {
            context.checkCancelled();
            for (Asked viewpoint : asked) {
                Voice voice = viewpoint.voices().getFirst();
                double[] own = new double[k];
                Arrays.setAll(own, i -> voice.known().logOdds(item.scores()[i], item.t()[i]));
                double mean = Arrays.stream(own).average().orElse(0);
                for (int i = 0; i < k; i++) {
                    scores.setDouble(at, own[i] - mean);
                    deviations.setDouble(
                            at++, voice.uncertain() ? item.centredDeviation(voice.known(), i) : Double.NaN);
                }
            }
        }
        return ScoreBucket.of(numbers(of, context), scores, deviations);
    }

    private static Tensor numbers(List<Item> of, PluginContext context) {
        Tensor numbers = context.allocator().ints(of.size());
        for (int b = 0; b < of.size(); b++) {
            numbers.setInt(b, of.get(b).number());
        }
        return numbers;
    }
}
