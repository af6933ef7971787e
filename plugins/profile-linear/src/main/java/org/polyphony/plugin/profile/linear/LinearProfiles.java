package org.polyphony.plugin.profile.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.polyphony.preferences.JudgmentPairs;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.TrainingJudgments;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferRequest.Form;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Questions;
import org.polyphony.spi.profile.ScoreBucket;
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
final class LinearProfiles implements AdaptiveProfiles {
    private final LinearModel model;
    private final String fit;
    private final List<Posterior> seats = new ArrayList<>();
    private final Map<String, Integer> itemIndex = new HashMap<>();
    private final Map<String, Integer> personIndex = new HashMap<>();

    LinearProfiles(LinearModel model) {
        this.model = model;
        this.fit = model.fingerprint();
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
        var items = AskedItems.of(model, itemIndex, request.candidates(), request.features());
        var blends = asked.stream().map(Asked::blend).toList();
        if (request.form() == Form.SCORES) {
            asked.forEach(LinearProfiles::requireScores);
            return PreferenceEstimate.ofScores(blends, buckets(items, context, of -> scores(of, asked, context)));
        }
        return PreferenceEstimate.of(blends, buckets(items, context, of -> pairs(of, asked, context)));
    }

    /// Somebody who is asked: one of a seat, or a person.
    ///
    /// @param share of the answer
    /// @param known what is known of them
    /// @param compared how often they compared two candidates
    /// @param uncertain whether their deviation is told
    private record Voice(double share, Posterior known, Compared compared, boolean uncertain) {}

    /// Weight of somebody's comparisons of two candidates.
    @FunctionalInterface
    private interface Compared {
        double of(AskedItem item, int i, int k);
    }

    /// A viewpoint, and those it mixes.
    private record Asked(Blend blend, List<Voice> voices) {}

    private Asked asked(Viewpoint viewpoint) {
        if (viewpoint.whose() instanceof Whose.Person asked
                && viewpoint.values().isEmpty()
                && (asked.adapted().isPresent() || model.persons().isPresent())) {
            LinearPerson person = person(asked);
            Optional<String> tooFew = model.support().tooFew();
            return new Asked(
                    Blend.of(viewpoint.id(), person.shares(), person.judgments(), 1)
                            .withTooFew(tooFew),
                    List.of(new Voice(1, person.known(), compared(person), tooFew.isEmpty())));
        }
        Blend blend = model.support().seats().blend(viewpoint);
        double[] shares = model.support().seats().shares(blend);
        var voices = new ArrayList<Voice>();
        for (int s = 0; s < shares.length; s++) {
            if (shares[s] > 0) {
                int seat = s;
                voices.add(new Voice(shares[s], seats.get(s), (item, i, k) -> inFit(seat, item, i, k), true));
            }
        }
        return new Asked(blend, voices);
    }

    /// A person of the fit, or one learned since.
    private LinearPerson person(Whose.Person asked) {
        if (asked.adapted().isPresent()) {
            return LinearPerson.read(asked.adapted().get(), asked.id(), fit);
        }
        Integer p = personIndex.get(asked.id());
        if (p == null) {
            throw invalid("nobody called " + asked.id() + " was among the " + personIndex.size()
                    + " people of the fit; ask for one of them, or for a seat");
        }
        Persons persons = model.persons().orElseThrow();
        double[] shares = persons.shares()[p];
        double seated = Arrays.stream(shares).sum();
        var of = new TreeMap<String, Double>();
        List<String> names = model.support().seats().ids();
        for (int s = 0; s < shares.length; s++) {
            if (shares[s] > 0) {
                of.put(names.get(s), shares[s] / seated);
            }
        }
        return new LinearPerson(
                asked.id(), fit, persons.known().get(p), of, persons.judgments()[p], p, new TreeMap<>());
    }

    /// Somebody of whom only this is known.
    private LinearPerson before(String id, Whose whose) {
        if (whose instanceof Whose.Person self
                && (self.adapted().isPresent() || model.persons().isPresent())) {
            if (!self.id().equals(id)) {
                throw invalid(id + " cannot be taken for " + self.id()
                        + ", who is somebody else; name the seats or claims that are true of them");
            }
            return person(self);
        }
        Blend blend = model.support().seats().blend(Viewpoint.of(id, whose));
        double[] shares = model.support().seats().shares(blend);
        boolean anybody = whose instanceof Whose.Claiming && blend.seats().size() == shares.length && shares.length > 1;
        Posterior prior = anybody
                ? model.levels().stranger(model.levelBlock())
                : model.levels().drawn(shares, model.levelBlock());
        return new LinearPerson(
                id, fit, prior, anybody ? Map.of() : blend.seats(), 0, LinearPerson.NEW, new TreeMap<>());
    }

    private Compared compared(LinearPerson person) {
        return (item, i, k) -> person.compared(item, i, k)
                + (person.fitted() == LinearPerson.NEW ? 0 : inFit(seats.size() + person.fitted(), item, i, k));
    }

    private double inFit(int who, AskedItem item, int i, int k) {
        return item.place(i) == AskedItem.UNKNOWN || item.place(k) == AskedItem.UNKNOWN
                ? 0
                : model.support().pairs().of(who, item.place(i), item.place(k));
    }

    @Override
    public Artefact adapt(AdaptRequest request, PluginContext context) {
        Judgments judgments = EmptyCandidates.compared(request.data().judgments());
        LinearPerson before = before(request.person(), request.before());
        for (int n = 0; n < judgments.count(); n++) {
            String judge = judgments.judges().ids().get(judgments.judge(n));
            if (!judge.equals(request.person())) {
                throw invalid(judge + " judged, and " + request.person()
                        + " is to be learned; give the judgments of that person only");
            }
        }
        var items = AskedItems.of(
                model, itemIndex, judgments.candidates(), request.data().features());
        var pairs = JudgmentPairs.of(judgments, 0, _ -> Pairs.NO_GROUP, _ -> 1);
        long compare = Arrays.stream(pairs.judgment()).distinct().count();
        if (compare < judgments.count()) {
            context.report(Issue.note(
                    "JUDGMENT_LABELS",
                    judgments.count() - compare + " of " + judgments.count() + " judgments of " + request.person()
                            + " compare nothing, and nothing is learned from them",
                    request.person()));
        }
        var said = PersonAnswers.of(judgments, pairs);
        return learned(before, said, items, context).write(context.allocator());
    }

    private LinearPerson learned(LinearPerson before, PersonAnswers said, AskedItems items, PluginContext context) {
        Answers answers = said.answers();
        int n = answers.count();
        double[][] t = new double[n][];
        double[] eta = new double[n];
        double[] noise = new double[n];
        double judged = before.judgments();
        var pairs = new TreeMap<>(before.judged());
        int row = 0;
        for (int number = 0; number < said.items().length; number++) {
            context.checkCancelled();
            AskedItem item = items.item(said.items()[number]);
            int first = said.offsets()[number];
            // rows are sorted by candidate, so by item
            for (; row < n && answers.first()[row] < said.offsets()[number + 1]; row++) {
                int i = answers.first()[row] - first;
                int k = answers.second()[row] - first;
                eta[row] = item.logOdds(i, k)
                        + (answers.ordered()[row] ? model.population().order() : 0);
                t[row] = item.apart(i, k);
                t[row][0] = eta[row];
                noise[row] = item.noise(i, k);
                judged += answers.weight()[row];
                pairs.merge(LinearPerson.pair(item, i, k), answers.weight()[row], Double::sum);
            }
        }
        Posterior known = before.known().after(new Posterior.Judged(t, eta, noise, answers.weight(), answers.share()));
        return new LinearPerson(before.id(), fit, known, before.shares(), judged, before.fitted(), pairs);
    }

    @Override
    public Questions next(NextRequest request, PluginContext context) {
        context.checkCancelled();
        LinearPerson person = request.whose() instanceof Whose.Person self
                ? before(self.id(), self)
                : before("somebody", request.whose());
        var items = AskedItems.of(model, itemIndex, request.candidates(), request.features());
        Compared compared = compared(person);
        var best = new PersonQuestions(person.known())
                .best(request, items, (item, i, k) -> compared.of(item, i, k) == 0, TrainingJudgments.loops(context));
        Tensor pairs = context.allocator().ints(best.size(), 2);
        Tensor worth = context.allocator().doubles(best.size());
        for (int q = 0; q < best.size(); q++) {
            pairs.setInt(2L * q, best.get(q).i());
            pairs.setInt(2L * q + 1, best.get(q).k());
            worth.setDouble(q, best.get(q).worth());
        }
        return Questions.of(pairs, worth);
    }

    private static AlignmentException invalid(String what) {
        return new AlignmentException(StandardErrorCode.VALUE_INVALID, what);
    }

    /// An item that was asked about, and its number there.
    private record Item(int number, AskedItem asked) {}

    private <B> List<B> buckets(AskedItems asked, PluginContext context, Function<List<Item>, B> bucket) {
        var byCount = new TreeMap<Integer, List<Item>>();
        for (int number = 0; number < asked.count(); number++) {
            context.checkCancelled();
            byCount.computeIfAbsent(asked.candidates().count(number), _ -> new ArrayList<>())
                    .add(new Item(number, asked.item(number)));
        }
        var buckets = new ArrayList<B>();
        byCount.values().forEach(of -> buckets.add(bucket.apply(of)));
        return buckets;
    }

    private PreferenceBucket pairs(List<Item> of, List<Asked> asked, PluginContext context) {
        int k = of.getFirst().asked().size();
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
                        pair(item.asked(), viewpoint, i, j, new Cells(p, deviations, counts, at));
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

    private static void pair(AskedItem item, Asked viewpoint, int i, int j, Cells to) {
        double mean = 0;
        double spread = 0;
        double count = 0;
        double deviation = 0;
        double[] t = item.apart(i, j);
        for (Voice voice : viewpoint.voices()) {
            double eta = voice.known().logOdds(item.logOdds(i, j), t);
            double variance = voice.known().variance(t) + item.noise(i, j);
            double p = Logistic.sigmoid(Posterior.shrink(variance) * eta);
            deviation = voice.uncertain() ? Math.sqrt(variance) : Double.NaN;
            mean += voice.share() * p;
            // the slope of P with respect to its logit is P(1 − P)
            spread += voice.share() * p * (1 - p) * deviation;
            count += voice.share() * voice.compared().of(item, i, j);
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
        int k = of.getFirst().asked().size();
        Tensor scores = context.allocator().doubles(of.size(), asked.size(), k);
        Tensor deviations = context.allocator().doubles(of.size(), asked.size(), k);
        long at = 0;
        for (Item item : of) {
            context.checkCancelled();
            for (Asked viewpoint : asked) {
                Voice voice = viewpoint.voices().getFirst();
                double[] own = new double[k];
                Arrays.setAll(
                        own,
                        i -> voice.known()
                                .logOdds(item.asked().score(i), item.asked().t(i)));
                double[] deviates = item.asked().centredDeviations(voice.known());
                double mean = Arrays.stream(own).average().orElse(0);
                for (int i = 0; i < k; i++) {
                    scores.setDouble(at, own[i] - mean);
                    deviations.setDouble(at++, voice.uncertain() ? deviates[i] : Double.NaN);
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
