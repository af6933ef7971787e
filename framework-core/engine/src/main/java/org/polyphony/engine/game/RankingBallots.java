package org.polyphony.engine.game;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.tensor.Tensor;

/// The rankings that a study learns from, as the ballots of its games: what rules that count ballots need and
/// pairwise preferences do not hold. A seat's ballots about an item together weigh what the seat weighs, as
/// they do in P.
public final class RankingBallots {

    /// A bucket's ballots take at most this many ranks, 512 MiB. With more they are left out, and a rule that counts
    /// ballots refuses.
    private static final long MOST_RANKS = 1L << 26;

    private final Judgments judgments;
    private final int seats;
    private final Map<Integer, List<Ballot>> ofItem = new HashMap<>();

    /// @param judgment which row
    /// @param seat whose
    /// @param weight how much it counts
    private record Ballot(int judgment, int seat, double weight) {}

    private RankingBallots(Judgments judgments, int seats) {
        this.judgments = judgments;
        this.seats = seats;
    }

    /// The rankings among the training judgments whose annotator has a seat.
    ///
    /// @param weights FLOAT64, shape (N): how often each judgment counts; 0 if it is held out
    public static RankingBallots of(Judgments judgments, Tensor weights, Seating seating) {
        var seats = seating.seats(judgments);
        var ballots = new RankingBallots(judgments, seating.seats().size());
        for (int n = 0; n < seats.length; n++) {
            double weight = weights.getDouble(n) * judgments.weight(n);
            if (seats[n] != Seating.NONE && weight > 0 && judgments.form(n) == JudgmentForm.RANKING) {
                ballots.ofItem
                        .computeIfAbsent(judgments.item(n), _ -> new ArrayList<>())
                        .add(new Ballot(n, seats[n], weight));
            }
        }
        return ballots;
    }

    /// `games` with their ballots; unchanged where nobody ranked anything.
    ///
    /// @param weights of the seats, summing to one
    GameBucket into(GameBucket games, double[] weights) {
        int b = games.games();
        int k = games.candidates();
        int voters = 0;
        for (int g = 0; g < b; g++) {
            voters = Math.max(voters, of(games, g).size());
        }
        if (voters == 0 || (long) b * voters * k > MOST_RANKS) {
            return games;
        }
        var ranks = new double[b * voters * k];
        var counts = new double[b * voters];
        Arrays.fill(ranks, Double.NaN);
        for (int g = 0; g < b; g++) {
            var ballots = of(games, g);
            var totals = new double[seats];
            for (var ballot : ballots) {
                totals[ballot.seat] += ballot.weight;
            }
            for (int v = 0; v < ballots.size(); v++) {
                var ballot = ballots.get(v);
                int row = g * voters + v;
                counts[row] = weights[ballot.seat] * ballot.weight / totals[ballot.seat];
                for (int e = judgments.entries().first(ballot.judgment);
                        e < judgments.entries().end(ballot.judgment);
                        e++) {
                    // higher values are preferred, smaller ranks are better
                    ranks[row * k + judgments.entries().candidate(e)] =
                            -judgments.entries().value(e);
                }
            }
        }
        return games.withBallots(Tensor.ofDoubles(ranks, b, voters, k), Tensor.ofDoubles(counts, b, voters));
    }

    private List<Ballot> of(GameBucket games, int g) {
        return ofItem.getOrDefault(games.items().getInt(g), List.of());
    }
}
