package org.polyphony.engine.export;

import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.polyphony.engine.certify.LogPolicies;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.export.PreferencePair.Side;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Judgments;

/// The pairs of a certified solution, item by item in the order of the data.
final class PreferencePairs {

    // a mixture of win probabilities this close to one half is a tie that rounding has moved
    private static final double TIE = 1e-12;

    private final PreferenceGames games;
    private final Candidates candidates;
    private final JudgedPairs judged;
    private final CertifiedSolution solution;
    private final ExportOptions options;
    private final Counts counts = new Counts();

    /// What became of the items and pairs.
    static final class Counts {
        int items;
        int refused;
        int notCertified;
        int single;
        int weightless;
        int withoutPrompt;
        long pairs;
        long ties;
        long withoutText;
        double worstGap;
        double tauLow = Double.POSITIVE_INFINITY;
        double tauHigh = Double.NEGATIVE_INFINITY;
    }

    private PreferencePairs(
            PreferenceGames games, Judgments judgments, CertifiedSolution solution, ExportOptions options) {
        this.games = games;
        this.candidates = judgments.candidates();
        this.judged = JudgedPairs.of(judgments);
        this.solution = solution;
        this.options = options;
    }

    /// Tells every pair once.
    ///
    /// @return what became of the items: one whose policy is not certified, or that has no two allowed
    ///     candidates, has no pairs
    static Counts tell(
            PreferenceGames games,
            Judgments judgments,
            CertifiedSolution solution,
            ExportOptions options,
            Consumer<PreferencePair> pairs) {
        var telling = new PreferencePairs(games, judgments, solution, options);
        telling.tell(pairs);
        return telling.counts;
    }

    private record Place(int bucket, int game) {}

    private void tell(Consumer<PreferencePair> pairs) {
        var places = new Place[candidates.items().size()];
        for (int b = 0; b < games.buckets().size(); b++) {
            var bucket = games.buckets().get(b);
            for (int g = 0; g < bucket.games(); g++) {
                places[bucket.items().getInt(g)] = new Place(b, g);
            }
        }
        for (var place : places) {
            if (place != null) {
                tell(place.bucket(), place.game(), pairs);
            }
        }
    }

    private void tell(int b, int g, Consumer<PreferencePair> pairs) {
        var answer = solution.solution().buckets().get(b);
        var certificate = solution.certificates().get(b);
        counts.items++;
        switch (Standing.of(solution, b, g)) {
            case REFUSED -> {
                counts.refused++;
                return;
            }
            case VALID, REJECTED -> {
                counts.notCertified++;
                return;
            }
            case CERTIFIED -> {}
        }
        counts.worstGap = Math.max(counts.worstGap, certificate.gapTau().getDouble(g));
        counts.tauLow = Math.min(counts.tauLow, answer.tau().getDouble(g));
        counts.tauHigh = Math.max(counts.tauHigh, answer.tau().getDouble(g));
        var bucket = games.buckets().get(b);
        int k = bucket.candidates();
        var logPolicy = answer.logPolicy().toDoubles((long) g * k, k);
        var logReference = logReference(bucket, g);
        double tau = answer.tau().getDouble(g);
        double step = options.step().orElse(tau > 0 ? 1 / tau : 1);
        int top = 0;
        int allowed = 0;
        for (int i = 0; i < k; i++) {
            allowed += bucket.allowed().getByte((long) g * k + i);
            top = logPolicy[i] > logPolicy[top] ? i : top;
        }
        counts.single += allowed == 1 ? 1 : 0;
        long before = counts.pairs;
        double weight = 0;
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                if (bucket.allowed().getByte((long) g * k + i) == 0
                        || bucket.allowed().getByte((long) g * k + j) == 0
                        || (options.selection() == PairSelection.TOP && i != top && j != top)) {
                    continue;
                }
                weight += tell(bucket, g, i, j, step, logPolicy, logReference, pairs);
            }
        }
        boolean told = counts.pairs > before;
        counts.weightless += told && weight == 0 ? 1 : 0;
        counts.withoutPrompt +=
                told && candidates.contexts().get(bucket.items().getInt(g)).isUnknown() ? 1 : 0;
    }

    private double tell(
            GameBucket bucket,
            int g,
            int first,
            int second,
            double step,
            double[] logPolicy,
            double[] logReference,
            Consumer<PreferencePair> pairs) {
        double firstWins = mixture(bucket, g, first, second);
        boolean tie = Math.abs(firstWins - 0.5) <= TIE;
        counts.ties += tie ? 1 : 0;
        if (tie && options.selection() == PairSelection.DECIDED) {
            return 0;
        }
        int i = tie || firstWins > 0.5 ? first : second;
        int j = i == first ? second : first;
        double wins = tie ? 0.5 : Math.min(1, mixture(bucket, g, i, j));
        int item = bucket.items().getInt(g);
        var chosen = side(item, i, logPolicy, logReference);
        var rejected = side(item, j, logPolicy, logReference);
        if (chosen.answer().isUnknown() || rejected.answer().isUnknown()) {
            counts.withoutText++;
            return 0;
        }
        double judgments = judged.weight(item, i, j);
        double weight = options.weights()
                .weight(Math.exp(logPolicy[i] + logPolicy[j]), Math.exp(logReference[i] + logReference[j]), judgments);
        var stakeholders = new LinkedHashMap<String, Double>();
        for (int s = 0; s < bucket.stakeholders(); s++) {
            stakeholders.put(games.stakeholders().get(s), bucket.p().at(g, s, i, j));
        }
        counts.pairs++;
        pairs.accept(new PreferencePair(
                candidates.items().get(item),
                candidates.contexts().get(item),
                chosen,
                rejected,
                wins,
                weight,
                step,
                step * (wins - 0.5),
                judgments,
                stakeholders));
        return weight;
    }

    private double mixture(GameBucket bucket, int g, int i, int j) {
        double sum = 0;
        for (int s = 0; s < bucket.stakeholders(); s++) {
            sum += games.weights().getDouble(s) * bucket.p().at(g, s, i, j);
        }
        return sum;
    }

    private Side side(int item, int i, double[] logPolicy, double[] logReference) {
        int m = candidates.first(item) + i;
        return new Side(candidates.ids().get(m), candidates.completions().get(m), logReference[i], logPolicy[i]);
    }

    // of the game that was solved: over the allowed candidates
    private static double[] logReference(GameBucket bucket, int g) {
        int k = bucket.candidates();
        var mass = bucket.reference().isPresent()
                ? LogPolicies.probabilities(bucket.reference().get(), (long) g * k, k)
                : new double[k];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            if (bucket.reference().isEmpty()) {
                mass[i] = 1;
            }
            mass[i] *= bucket.allowed().getByte((long) g * k + i);
            sum += mass[i];
        }
        for (int i = 0; i < k; i++) {
            mass[i] = Math.log(mass[i] / sum);
        }
        return mass;
    }
}
