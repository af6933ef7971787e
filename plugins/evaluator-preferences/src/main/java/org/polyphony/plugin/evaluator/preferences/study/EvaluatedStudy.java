package org.polyphony.plugin.evaluator.preferences.study;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.games.AllowedCandidates;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.Pairs;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.evaluation.EvaluationRequest;
import org.polyphony.spi.evaluation.Replica;
import org.polyphony.spi.tensor.Tensor;

/// A request as plain arrays by item. Immutable; arrays are shared and not to be changed.
public final class EvaluatedStudy {
    private final EvaluationRequest request;
    private final Pairs pairs;
    private final int[] judgment;
    private final byte[] training;
    private final List<Optional<ItemGame>> games;
    private final Map<String, List<Optional<double[]>>> deployed;
    private final double[] weights;

    private EvaluatedStudy(
            EvaluationRequest request,
            JudgmentPairs judgments,
            List<Optional<ItemGame>> games,
            Map<String, List<Optional<double[]>>> deployed) {
        this.request = request;
        this.pairs = judgments.pairs();
        this.judgment = judgments.judgment();
        this.training = request.training().toBytes();
        this.games = games;
        this.deployed = deployed;
        this.weights = request.games().weights().toDoubles();
    }

    /// Reads a request.
    public static EvaluatedStudy of(EvaluationRequest request) {
        List<String> seats = request.games().stakeholders();
        JudgmentPairs judgments = JudgmentPairs.of(request.judgments(), request.attribute(), seats);
        int items = request.judgments().candidates().items().size();
        return new EvaluatedStudy(
                request, judgments, games(request, items), byLabel(request, request.solutions(), items));
    }

    private static Map<String, List<Optional<double[]>>> byLabel(
            EvaluationRequest request, List<CertifiedSolution> solutions, int items) {
        Map<String, List<Optional<double[]>>> policies = new TreeMap<>();
        for (CertifiedSolution solution : solutions) {
            policies.put(solution.label(), policies(request, solution, items));
        }
        return policies;
    }

    /// What was asked.
    public EvaluationRequest request() {
        return request;
    }

    /// All judgments as pairs; the group of a row is the index of its seat.
    public Pairs pairs() {
        return pairs;
    }

    /// Whether the profiles learned from the judgment of a row.
    public boolean learned(int row) {
        return training[judgment[row]] != 0;
    }

    /// The judgment that a row is of.
    public int judgment(int row) {
        return judgment[row];
    }

    /// Whether judgments were held out from the profiles.
    public boolean holdsOut() {
        for (int n : judgment) {
            if (training[n] == 0) {
                return true;
            }
        }
        return false;
    }

    /// Names of the seats.
    public List<String> seats() {
        return request.games().stakeholders();
    }

    /// The charter's weights of the seats.
    public double[] weights() {
        return weights;
    }

    /// Ids of the items.
    public List<String> items() {
        return request.judgments().candidates().items();
    }

    /// The game about an item; empty where none was posed or no candidate is allowed.
    public Optional<ItemGame> game(int item) {
        return games.get(item);
    }

    /// Deployed policies: label → item → probabilities [K]; empty where refused.
    public Map<String, List<Optional<double[]>>> deployed() {
        return deployed;
    }

    /// Policies that the study's own algorithms made from the training half of the judges: label → item →
    /// probabilities [K]; empty where refused.
    public Map<String, List<Optional<double[]>>> replicated() {
        Map<String, List<Optional<double[]>>> policies = new TreeMap<>();
        for (Replica replica : request.replicas()) {
            if (replica.kind().equals(Replica.HALF)) {
                policies.putAll(byLabel(request, replica.solutions(), items().size()));
            }
        }
        return policies;
    }

    /// The judges' parts, by the hash of their ids.
    public int[] parts(int count) {
        return JudgeSplit.parts(request.judgments().annotators(), count);
    }

    /// Whitespace-separated words of the candidates of an item [K]; all zero where texts are unknown.
    public int[] words(int item) {
        var candidates = request.judgments().candidates();
        int[] words = new int[candidates.count(item)];
        Arrays.setAll(words, k -> {
            String text = candidates.texts().get(candidates.first(item) + k).strip();
            return text.isEmpty() ? 0 : text.split("\\s+").length;
        });
        return words;
    }

    /// Whether the data declare candidate `k` of an item unsafe.
    public boolean declaredUnsafe(int item, int k) {
        var candidates = request.judgments().candidates();
        return candidates.declaredUnsafe().getByte(candidates.first(item) + (long) k) != 0;
    }

    /// Preferences [S, K, K] by item out of tensors [B, S, K, K]; empty where absent.
    public static List<Optional<double[]>> tensors(Tensor items, Tensor p, int count) {
        List<Optional<double[]>> byItem =
                new java.util.ArrayList<>(java.util.Collections.nCopies(count, Optional.empty()));
        int size = p.dimension(1) * p.dimension(2) * p.dimension(3);
        for (int b = 0; b < p.dimension(0); b++) {
            byItem.set(items.getInt(b), Optional.of(p.toDoubles((long) b * size, size)));
        }
        return byItem;
    }

    private static List<Optional<ItemGame>> games(EvaluationRequest request, int items) {
        List<Optional<ItemGame>> games =
                new java.util.ArrayList<>(java.util.Collections.nCopies(items, Optional.empty()));
        for (GameBucket bucket : request.games().buckets()) {
            int k = bucket.candidates();
            int size = bucket.stakeholders() * k * k;
            for (int b = 0; b < bucket.games(); b++) {
                boolean[] mask = new boolean[k];
                for (int i = 0; i < k; i++) {
                    mask[i] = bucket.allowed().getByte((long) b * k + i) != 0;
                }
                AllowedCandidates allowed = AllowedCandidates.of(mask);
                if (!allowed.isEmpty()) {
                    int at = b;
                    double[] reference = bucket.reference()
                            .map(tensor -> tensor.toDoubles((long) at * k, k))
                            .orElseGet(() -> new double[k]);
                    double[] p = bucket.p().toDoubles((long) b * size, size);
                    games.set(bucket.items().getInt(b), Optional.of(new ItemGame(allowed, p, reference)));
                }
            }
        }
        return games;
    }

    private static List<Optional<double[]>> policies(EvaluationRequest request, CertifiedSolution solution, int items) {
        List<Optional<double[]>> policies =
                new java.util.ArrayList<>(java.util.Collections.nCopies(items, Optional.empty()));
        for (int index = 0; index < solution.solution().buckets().size(); index++) {
            SolutionBucket bucket = solution.solution().buckets().get(index);
            GameBucket game = request.games().buckets().get(index);
            int k = game.candidates();
            for (int b = 0; b < game.games(); b++) {
                if (bucket.refused().getByte(b) != 0) {
                    continue;
                }
                double[] policy = bucket.logPolicy().toDoubles((long) b * k, k);
                for (int i = 0; i < k; i++) {
                    policy[i] = Math.exp(policy[i]);
                }
                policies.set(game.items().getInt(b), Optional.of(policy));
            }
        }
        return policies;
    }
}
