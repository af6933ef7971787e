package org.polyphony.spi.alignment;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.spi.tensor.Tensor;

/// One game of [PreferenceGames]: a view, nothing is copied. Cheap to make; make one where it is needed.
///
/// What it returns as a tensor is a view too. Candidates that are not allowed are part of it: its numbers are
/// those of the item's candidates.
public final class Game {

    private final PreferenceGames games;
    private final GameBucket bucket;
    private final int row;

    Game(PreferenceGames games, GameBucket bucket, int row) {
        this.games = games;
        this.bucket = bucket;
        this.row = row;
    }

    /// Game `n` of these, counted through all buckets.
    static Game of(PreferenceGames games, int n) {
        return Views.find(
                games.buckets(), GameBucket::games, n, "games", (bucket, row) -> new Game(games, bucket, row));
    }

    /// The item it is about.
    public int item() {
        return bucket.items().getInt(row);
    }

    /// S, how many stakeholders play.
    public int stakeholders() {
        return bucket.stakeholders();
    }

    /// K, how many candidates there are, those that are not allowed included.
    public int candidates() {
        return bucket.candidates();
    }

    /// What stakeholder `s` weighs; the weights of all sum to one.
    public double weight(int s) {
        return games.weights().getDouble(s);
    }

    /// Whether candidate `i` may be played.
    public boolean allowed(int i) {
        int k = candidates();
        return bucket.allowed().getByte((long) row * k + Objects.checkIndex(i, k)) == 1;
    }

    /// The candidates that may be played, ascending.
    public int[] allowed() {
        return IntStream.range(0, candidates()).filter(this::allowed).toArray();
    }

    /// The probability that stakeholder `s` prefers candidate `i` to `j`.
    public double preference(int s, int i, int j) {
        return bucket.p().at(row, s, i, j);
    }

    /// The probability that the weighted population prefers candidate `i` to `j`: Σ_s w_s P_s(i, j).
    public double preference(int i, int j) {
        double sum = 0;
        for (int s = 0; s < stakeholders(); s++) {
            sum += weight(s) * preference(s, i, j);
        }
        return sum;
    }

    /// P of every stakeholder, FLOAT64, shape (S, K, K).
    public Tensor preferences() {
        return view(bucket.p());
    }

    /// P of stakeholder `s`, FLOAT64, shape (K, K).
    public Tensor preferences(int s) {
        return preferences().slice(s, 1).reshape(candidates(), candidates());
    }

    /// Log-probabilities of the reference policy, FLOAT64, shape (K); absent means uniform over the allowed
    /// candidates.
    public Optional<Tensor> logReference() {
        return bucket.reference().map(this::view);
    }

    /// The log-probability of candidate `i` under the reference policy, or under the uniform one over the
    /// allowed candidates where none is given.
    public double logReference(int i) {
        if (bucket.reference().isPresent()) {
            return bucket.reference().get().at(row, i);
        }
        return allowed(i) ? -Math.log(allowed().length) : Double.NEGATIVE_INFINITY;
    }

    /// Features of the candidates, FLOAT64, shape (K, D), where the games bring any.
    public Optional<Tensor> features() {
        return bucket.features().map(this::view);
    }

    /// Ranks given by voters, FLOAT64, shape (V, K), NaN where unranked, where the games bring any.
    public Optional<Tensor> ballots() {
        return bucket.ballots().map(this::view);
    }

    /// How much each ballot counts, FLOAT64, shape (V); absent means one each.
    public Optional<Tensor> ballotWeights() {
        return bucket.ballotWeights().map(this::view);
    }

    private Tensor view(Tensor all) {
        return Views.row(all, row);
    }
}
