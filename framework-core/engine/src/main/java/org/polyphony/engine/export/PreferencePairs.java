package org.polyphony.engine.export;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.export.PreferencePair.Side;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Game;
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
    /// @return what became of the items: one whose policy is not certified, or about which there is no game,
    ///     has no pairs
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

    private void tell(Consumer<PreferencePair> pairs) {
        var ofItem = new int[candidates.items().size()];
        Arrays.fill(ofItem, -1);
        for (int n = 0; n < games.count(); n++) {
            ofItem[games.game(n).item()] = n;
        }
        for (int n : ofItem) {
            counts.items++;
            if (n >= 0) {
                tell(n, pairs);
            } else {
                counts.single++;
            }
        }
    }

    private void tell(int n, Consumer<PreferencePair> pairs) {
        switch (Standing.of(solution, n)) {
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
        var game = games.game(n);
        var answer = solution.solution().solution(n);
        double tau = answer.tau();
        counts.worstGap = Math.max(counts.worstGap, solution.certificate(n).gapTau());
        counts.tauLow = Math.min(counts.tauLow, tau);
        counts.tauHigh = Math.max(counts.tauHigh, tau);
        int k = game.candidates();
        var logPolicy = answer.logPolicy().toDoubles();
        var logReference = logReference(game);
        double step = options.step().orElse(tau > 0 ? 1 / tau : 1);
        int top = 0;
        for (int i = 0; i < k; i++) {
            top = logPolicy[i] > logPolicy[top] ? i : top;
        }
        long before = counts.pairs;
        double weight = 0;
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                if (!game.allowed(i)
                        || !game.allowed(j)
                        || (options.selection() == PairSelection.TOP && i != top && j != top)) {
                    continue;
                }
                weight += tell(game, i, j, step, logPolicy, logReference, pairs);
            }
        }
        boolean told = counts.pairs > before;
        counts.weightless += told && weight == 0 ? 1 : 0;
        counts.withoutPrompt += told && candidates.contexts().get(game.item()).isUnknown() ? 1 : 0;
    }

    private double tell(
            Game game,
            int first,
            int second,
            double step,
            double[] logPolicy,
            double[] logReference,
            Consumer<PreferencePair> pairs) {
        double firstWins = game.preference(first, second);
        boolean tie = Math.abs(firstWins - 0.5) <= TIE;
        counts.ties += tie ? 1 : 0;
        if (tie && options.selection() == PairSelection.DECIDED) {
            return 0;
        }
        int i = tie || firstWins > 0.5 ? first : second;
        int j = i == first ? second : first;
        double wins = tie ? 0.5 : Math.min(1, game.preference(i, j));
        int item = game.item();
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
        for (int s = 0; s < game.stakeholders(); s++) {
            stakeholders.put(games.stakeholders().get(s), game.preference(s, i, j));
        }
        counts.pairs++;
        pairs.accept(new PreferencePair(
                candidates.items().get(item),
                candidates.contexts().get(item),
                chosen,
                rejected,
                new PreferencePair.Evidence(wins, judgments, stakeholders),
                weight,
                step));
        return weight;
    }

    private Side side(int item, int i, double[] logPolicy, double[] logReference) {
        int m = candidates.first(item) + i;
        var attributes = new LinkedHashMap<String, String>();
        candidates
                .attributes()
                .ofCandidates()
                .forEach(column -> attributes.put(column.name(), column.values().get(m)));
        return new Side(
                candidates.ids().get(m), candidates.completions().get(m), attributes, logReference[i], logPolicy[i]);
    }

    // of the game that was solved: over the allowed candidates
    private static double[] logReference(Game game) {
        var mass = new double[game.candidates()];
        var reference = game.logReference();
        double sum = 0;
        for (int i : game.allowed()) {
            mass[i] = reference.isPresent() ? Math.exp(reference.get().getDouble(i)) : 1;
            sum += mass[i];
        }
        for (int i = 0; i < mass.length; i++) {
            mass[i] = Math.log(mass[i] / sum);
        }
        return mass;
    }
}
