package org.polyphony.preferences;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.SeatSupport;

/// The judgments to learn from, with the seat of each.
///
/// @param judgments all judgments
/// @param weights how often each of them counts, beside its own weight
/// @param rows indices of those to learn from, ascending
/// @param seat seat of each row, [Pairs#NO_GROUP] where nobody with a seat speaks
/// @param seats names of the seats
/// @param support what stands behind each seat
public record TrainingJudgments(
        Judgments judgments, Tensor weights, int[] rows, int[] seat, List<String> seats, SeatSupport support) {

    /// Picks the judgments of a request and warns of oddities that do not stop the fit.
    public static TrainingJudgments of(FitRequest request, PluginContext context) {
        Judgments judgments = request.judgments();
        int[] seats = request.seating().seats(judgments);
        IntPredicate learned = n -> request.weights().getDouble(n) > 0;
        int[] rows = IntStream.range(0, judgments.count())
                .filter(learned)
                .filter(n -> judgments.form(n) != JudgmentForm.LABEL)
                .toArray();
        if (rows.length == 0) {
            throw new AlignmentException(
                    StandardErrorCode.JUDGMENTS_EMPTY,
                    "none of " + judgments.count() + " judgments compares candidates and is for training; check the"
                            + " split, and that not all are labels");
        }
        long labels = IntStream.range(0, judgments.count()).filter(learned).count() - rows.length;
        if (labels > 0) {
            context.report(Issue.note(
                    "JUDGMENT_LABELS",
                    labels
                            + " labels are left out of the profiles: a label of one candidate says nothing about another",
                    ""));
        }
        int[] seat = IntStream.of(rows).map(n -> seats[n]).toArray();
        var training = new TrainingJudgments(
                judgments, request.weights(), rows, seat, request.seating().ids(), SeatSupport.of(request, seats));
        training.warn(context);
        return training;
    }

    /// Number of judgments to learn from.
    public int count() {
        return rows.length;
    }

    /// The item of a row.
    public int item(int row) {
        return judgments.item(rows[row]);
    }

    /// The judge of a row.
    public int judge(int row) {
        return judgments.judge(rows[row]);
    }

    /// The weight of a row, as often as it counts.
    public double weight(int row) {
        return weights.getDouble(rows[row]) * judgments.weight(rows[row]);
    }

    /// The candidates of a row, as indices within their item.
    public int[] entries(int row) {
        return judgments.entries().candidates(rows[row]);
    }

    /// The values of a row's candidates.
    public double[] values(int row) {
        return judgments.entries().values(rows[row]);
    }

    /// Whether every judgment is an approval.
    public boolean allApprovals() {
        return IntStream.of(rows).allMatch(n -> judgments.form(n) == JudgmentForm.APPROVAL);
    }

    /// Fold of every judge, by the hash of the id.
    public int[] folds(int folds) {
        return JudgeSplit.parts(judgments.judges().ids(), folds);
    }

    /// All judgments as pairs.
    public Pairs pairs() {
        return judgmentPairs().pairs();
    }

    /// All judgments as pairs, with the judgment of each.
    public JudgmentPairs judgmentPairs() {
        int[] seatOf = new int[judgments.count()];
        Arrays.fill(seatOf, Pairs.NO_GROUP);
        for (int row = 0; row < rows.length; row++) {
            seatOf[rows[row]] = seat[row];
        }
        return JudgmentPairs.of(judgments, seats.size(), n -> seatOf[n], weights::getDouble);
    }

    /// The loops of a call, each index of which can be cancelled.
    public static Parallel loops(PluginContext context) {
        return (count, body) -> context.parallel(count, index -> {
            context.checkCancelled();
            body.accept(index);
            return index;
        });
    }

    private void warn(PluginContext context) {
        for (int s = 0; s < seats.size(); s++) {
            int wanted = s;
            if (IntStream.of(seat).noneMatch(of -> of == wanted)) {
                context.report(Issue.warning(
                        "SEAT_WITHOUT_JUDGMENTS",
                        seats.get(s) + " has no judgments of its own to learn from; its profile is everyone's. Collect"
                                + " some, or leave it without a seat",
                        seats.get(s)));
            }
        }
        long judges =
                IntStream.range(0, rows.length).map(this::judge).distinct().count();
        if (judges == 1) {
            context.report(Issue.warning(
                    "ANNOTATOR_SINGLE",
                    "all " + rows.length + " judgments are by one annotator; nothing here speaks of a group of people",
                    judgments.judges().ids().get(judge(0))));
        }
        var candidates = judgments.candidates();
        int[] alone = IntStream.range(0, candidates.items().size())
                .filter(item -> candidates.count(item) == 1)
                .toArray();
        if (alone.length > 0) {
            context.report(Issue.warning(
                    "CANDIDATE_SINGLE",
                    alone.length + " of " + candidates.items().size()
                            + " items have one candidate, so there is nothing to prefer",
                    candidates.items().get(alone[0])));
        }
    }
}
