package org.polyphony.preferences.verdict;

import java.util.Optional;
import org.polyphony.preferences.score.Interval;

/// What may be said about one seat, and the figures it is taken from.
///
/// @param seat its index
/// @param verdict what may be said
/// @param reason why, where the verdict is not a plain one
/// @param design who was asked what
/// @param test the permutation test; empty where nothing could be tested
/// @param size how large the difference is or could be; empty where it could not be tested
/// @param gain what knowing the seat saves on judges not seen; empty where it could not be tested
public record SeatResult(
        int seat,
        GroupVerdict verdict,
        GroupVerdict.Reason reason,
        Design design,
        Optional<Test> test,
        Optional<Size> size,
        Optional<Gain> gain) {

    /// Who was asked what; looks at no answer.
    ///
    /// @param judges judges of the seat
    /// @param others judges of all other seats
    /// @param effective E within the strata chosen: comparisons that count, Σ n_s (1 − π)
    /// @param full what E would be if all strata held the seats alike
    /// @param pairs E within unordered pairs
    /// @param items E within items
    /// @param strata the strata chosen
    public record Design(
            int judges, int others, double effective, double full, double pairs, double items, Strata strata) {
        private static final double LEAST_EFFECTIVE = 20;
        private static final double LEAST_SHARE = 0.10;
        private static final int LEAST_JUDGES = 3;

        /// Whether there are judges enough on both sides.
        public boolean people() {
            return Math.min(judges, others) >= LEAST_JUDGES;
        }

        /// Whether the seat can be compared within the strata chosen.
        public boolean comparable() {
            return people() && enough(effective);
        }

        /// Whether this many effective comparisons are enough.
        boolean enough(double comparisons) {
            return comparisons >= Math.max(LEAST_EFFECTIVE, LEAST_SHARE * full);
        }
    }

    /// The permutation test at the step of the peel that decided about the seat.
    ///
    /// @param t T / W
    /// @param p probability of a seat that stands out as much, among all seats then compared
    /// @param reliability R, standardised
    /// @param pReliability probability of an |R| as large
    /// @param reliabilityShare h: share of T along the directions of reliability and position
    /// @param step the step of the peel, from 1
    public record Test(
            double t, double p, double reliability, double pReliability, double reliabilityShare, int step) {}

    /// How large the difference is or could be, against all others.
    ///
    /// @param estimate σ̂
    /// @param least the least that four of five such studies would find
    /// @param upper the largest that is compatible with the data at 5 %
    public record Size(Deviation estimate, Deviation least, Deviation upper) {}

    /// A size of difference.
    ///
    /// @param logits standard deviation of a seat's deviation, in logits a candidate
    /// @param loss what it costs a member: mean over items of the best reply's advantage against the policy of all
    /// @param item the item where that is largest
    /// @param itemLoss what it costs there
    public record Deviation(double logits, double loss, int item, double itemLoss) {}

    /// What knowing the seat saves on judges of the seat not seen, in nats a judgment.
    ///
    /// @param preference of its preferences over its reliability, with an interval where there are two judges
    /// @param reliability of its reliability alone
    /// @param judges judges of the seat
    public record Gain(Interval preference, double reliability, int judges) {}
}
