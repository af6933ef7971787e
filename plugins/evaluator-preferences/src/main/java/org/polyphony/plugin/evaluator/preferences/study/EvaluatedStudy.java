package org.polyphony.plugin.evaluator.preferences.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.JudgmentPairs;
import org.polyphony.preferences.Pairs;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.GameEvidence;
import org.polyphony.spi.evaluation.JudgedEvidence;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.preference.GroundTruth;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.tensor.Tensor;

/// A request as plain arrays by item. Immutable; arrays are shared and not to be changed.
public final class EvaluatedStudy {
    private final EvaluationRequest request;
    private final JudgedEvidence judged;
    private final int[] seats;
    private final Pairs pairs;
    private final int[] judgment;
    private final double[] counted;
    private final List<Optional<ItemGame>> games;
    private final Map<String, List<Optional<double[]>>> deployed = new TreeMap<>();
    private final Map<String, List<Optional<double[]>>> halved = new LinkedHashMap<>();
    private final Map<String, List<Optional<double[]>>> halvedPreferences = new LinkedHashMap<>();
    private final double[] weights;

    private EvaluatedStudy(EvaluationRequest request, JudgedEvidence judged) {
        this.request = request;
        this.judged = judged;
        this.seats = judged.seating().seats(judged.judgments());
        JudgmentPairs compared = JudgmentPairs.of(judged.judgments(), seats().size(), n -> seats[n], n -> 1);
        this.pairs = compared.pairs();
        this.judgment = compared.judgment();
        this.counted = judged.weights().toDoubles();
        this.games = gamesByItem();
        solutions().forEach(solution -> deployed.put(solution.label(), policies(solution)));
        halves().forEach(this::halve);
        double[] equal = new double[seats().size()];
        Arrays.fill(equal, 1.0 / equal.length);
        this.weights = request.games()
                .map(played -> played.games().weights().toDoubles())
                .orElse(equal);
    }

    /// Reads a request, in which somebody said something.
    public static EvaluatedStudy of(EvaluationRequest request) {
        return new EvaluatedStudy(request, request.judged().orElseThrow());
    }

    /// What the data were drawn from, where it is known.
    public Optional<GroundTruth> truth() {
        return request.truth();
    }

    /// Features of all candidates (M, D), where an encoder ran.
    public Optional<Tensor> features() {
        return request.features();
    }

    /// What was said.
    public Judgments judgments() {
        return judged.judgments();
    }

    /// The seat that speaks in a judgment, or [org.polyphony.spi.profile.Seating#NONE].
    public int seat(int judgment) {
        return seats[judgment];
    }

    /// What was learned from the judgments; empty if nothing was.
    public Optional<Artefact> profiles() {
        return judged.profiles();
    }

    /// The games, by number of candidates.
    public List<GameBucket> games() {
        return request.games().map(played -> played.games().buckets()).orElse(List.of());
    }

    /// The policies of the study, with their certificates.
    public List<CertifiedSolution> solutions() {
        return request.games().map(GameEvidence::solutions).orElse(List.of());
    }

    /// Whether anybody made policies; if not, none is measured, and no baseline beside it.
    public boolean solves() {
        return !solutions().isEmpty() || !halved.isEmpty();
    }

    /// All judgments as pairs; the group of a row is the index of its seat.
    public Pairs pairs() {
        return pairs;
    }

    /// Whether the profiles learned from the judgment of a row.
    public boolean learned(int row) {
        return counted[judgment[row]] > 0;
    }

    /// The judgment that a row is of.
    public int judgment(int row) {
        return judgment[row];
    }

    /// Whether judgments were held out from the profiles.
    public boolean holdsOut() {
        for (int n : judgment) {
            if (!(counted[n] > 0)) {
                return true;
            }
        }
        return false;
    }

    /// Names of the seats.
    public List<String> seats() {
        return judged.seating().ids();
    }

    /// The charter's weights of the seats.
    public double[] weights() {
        return weights;
    }

    /// Ids of the items.
    public List<String> items() {
        return judgments().candidates().items();
    }

    /// The game about an item; empty where none was posed or no candidate is allowed.
    public Optional<ItemGame> game(int item) {
        return games.get(item);
    }

    /// Deployed policies: label → item → probabilities [K]; empty where refused.
    public Map<String, List<Optional<double[]>>> deployed() {
        return deployed;
    }

    /// Policies that the study's own algorithms made from the training half of the judges, in the order of the study:
    /// label → item → probabilities [K]; empty where refused.
    public Map<String, List<Optional<double[]>>> halved() {
        return halved;
    }

    /// The preferences that these policies were made from: label → item → [S, K, K].
    public Map<String, List<Optional<double[]>>> halvedPreferences() {
        return halvedPreferences;
    }

    /// The study made from halves of its judges, where the engine made any.
    public List<Replica> halves() {
        return request.games().map(GameEvidence::replicas).orElse(List.of()).stream()
                .filter(replica -> replica.kind().equals(Replica.HALF))
                .toList();
    }

    private void halve(Replica half) {
        List<Optional<double[]>> preferences = ofSeats(half.estimate());
        for (CertifiedSolution solution : half.solutions()) {
            halved.put(solution.label(), policies(solution));
            halvedPreferences.put(solution.label(), preferences);
        }
    }

    /// The preferences as deployed, by item, [S, K, K]; empty where nothing is known.
    public List<Optional<double[]>> preferences() {
        return request.games()
                .map(played -> ofSeats(played.estimate()))
                .orElse(Collections.nCopies(items().size(), Optional.empty()));
    }

    /// An estimate of the seats' preferences, by item, [S, K, K]; empty where nothing is known, and for an estimate of
    /// anybody else's.
    public List<Optional<double[]>> ofSeats(PreferenceEstimate estimate) {
        return estimate.viewpoints().equals(seats())
                ? byItem(estimate)
                : Collections.nCopies(items().size(), Optional.empty());
    }

    /// Estimated preferences by item, [V, K, K] for V viewpoints; empty where nothing is known.
    public List<Optional<double[]>> byItem(PreferenceEstimate estimate) {
        List<Optional<double[]>> byItem = new ArrayList<>(Collections.nCopies(items().size(), Optional.empty()));
        for (PreferenceBucket bucket : estimate.pairs()) {
            for (int b = 0; b < bucket.items().size(); b++) {
                double[] p = bucket.p().slice(b, 1).toDoubles();
                byItem.set(bucket.items().getInt(b), Optional.of(p));
            }
        }
        return byItem;
    }

    /// The judges' parts, by the hash of their ids.
    public int[] parts(int count) {
        return JudgeSplit.parts(judgments().judges().ids(), count);
    }

    /// Whitespace-separated words of the candidates of an item [K]; all zero where texts are unknown.
    public int[] words(int item) {
        var candidates = judgments().candidates();
        int[] words = new int[candidates.count(item)];
        Arrays.setAll(words, k -> {
            String text = candidates.texts().get(candidates.first(item) + k).strip();
            return text.isEmpty() ? 0 : text.split("\\s+").length;
        });
        return words;
    }

    /// Whether the data declare candidate `k` of an item unsafe.
    public boolean declaredUnsafe(int item, int k) {
        var candidates = judgments().candidates();
        return candidates.declaredUnsafe().getByte(candidates.first(item) + k) != 0;
    }

    private List<Optional<ItemGame>> gamesByItem() {
        List<Optional<ItemGame>> byItem = new ArrayList<>(Collections.nCopies(items().size(), Optional.empty()));
        for (GameBucket bucket : games()) {
            int k = bucket.candidates();
            for (int b = 0; b < bucket.games(); b++) {
                Tensor played = bucket.allowed().slice(b, 1);
                boolean[] mask = new boolean[k];
                for (int i = 0; i < k; i++) {
                    mask[i] = played.getByte(i) != 0;
                }
                AllowedCandidates allowed = AllowedCandidates.of(mask);
                if (!allowed.isEmpty()) {
                    int at = b;
                    double[] reference = bucket.reference()
                            .map(tensor -> tensor.slice(at, 1).toDoubles())
                            .orElseGet(() -> new double[k]);
                    double[] p = bucket.p().slice(b, 1).toDoubles();
                    byItem.set(bucket.items().getInt(b), Optional.of(new ItemGame(allowed, p, reference)));
                }
            }
        }
        return byItem;
    }

    private List<Optional<double[]>> policies(CertifiedSolution solution) {
        List<Optional<double[]>> policies = new ArrayList<>(Collections.nCopies(items().size(), Optional.empty()));
        for (int index = 0; index < solution.solution().buckets().size(); index++) {
            SolutionBucket bucket = solution.solution().buckets().get(index);
            GameBucket game = games().get(index);
            for (int b = 0; b < game.games(); b++) {
                if (bucket.refused().getByte(b) != 0) {
                    continue;
                }
                double[] policy = bucket.logPolicy().slice(b, 1).toDoubles();
                for (int i = 0; i < policy.length; i++) {
                    policy[i] = Math.exp(policy[i]);
                }
                policies.set(game.items().getInt(b), Optional.of(policy));
            }
        }
        return policies;
    }
}
