package org.polyphony.plugin.profile.groups;

import java.util.List;
import java.util.stream.IntStream;
import org.polyphony.preferences.JudgeSplit;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.PairsBuilder;
import org.polyphony.preferences.Parallel;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.FitRequest;

/// The judgments to learn from, with the seat of each.
///
/// @param judgments all judgments
/// @param rows indices of those to learn from, ascending
/// @param seat seat of each row, [Pairs#NO_GROUP] where the attribute is blank or its level has no seat
/// @param seats names of the seats
record TrainingJudgments(Judgments judgments, int[] rows, int[] seat, List<String> seats) {

    /// Picks the judgments of a request and warns of oddities that do not stop the fit.
    static TrainingJudgments of(FitRequest request, PluginContext context) {
        Judgments judgments = request.judgments();
        int attribute = judgments.attribute(request.attribute());
        if (attribute < 0) {
            throw new AlignmentException(
                    StandardErrorCode.COLUMN_MISSING,
                    "no attribute " + request.attribute() + " decides who has a seat; the judgments have "
                            + judgments.attributes().stream()
                                    .map(Judgments.GroupAttribute::name)
                                    .toList() + ", name one of them");
        }
        int[] rows = IntStream.range(0, judgments.count())
                .filter(n -> request.training().getByte(n) == 1)
                .toArray();
        if (rows.length == 0) {
            throw new AlignmentException(
                    StandardErrorCode.JUDGMENTS_EMPTY,
                    "none of " + judgments.count() + " judgments is for training; check the split");
        }
        int[] seatOfLevel = judgments.attributes().get(attribute).levels().stream()
                .mapToInt(request.seats()::indexOf)
                .toArray();
        int[] seat = IntStream.of(rows)
                .map(n -> judgments.level(n, attribute))
                .map(level -> level < 0 ? Pairs.NO_GROUP : seatOfLevel[level])
                .toArray();
        var training = new TrainingJudgments(judgments, rows, seat, request.seats());
        training.warn(context);
        return training;
    }

    /// Number of judgments to learn from.
    int count() {
        return rows.length;
    }

    /// The item of a row.
    int item(int row) {
        return judgments.items().getInt(rows[row]);
    }

    /// The judge of a row.
    int judge(int row) {
        return judgments.annotator().getInt(rows[row]);
    }

    /// The weight of a row.
    double weight(int row) {
        return judgments.weights().getDouble(rows[row]);
    }

    /// The candidates of a row, as indices within their item.
    int[] entries(int row) {
        int from = judgments.offsets().getInt(rows[row]);
        int to = judgments.offsets().getInt(rows[row] + 1L);
        return IntStream.range(from, to).map(e -> judgments.entries().getInt(e)).toArray();
    }

    /// The values of a row's candidates.
    double[] values(int row) {
        int from = judgments.offsets().getInt(rows[row]);
        int to = judgments.offsets().getInt(rows[row] + 1L);
        return IntStream.range(from, to)
                .mapToDouble(e -> judgments.values().getDouble(e))
                .toArray();
    }

    /// Whether every judgment is an approval.
    boolean allApprovals() {
        return IntStream.of(rows).allMatch(n -> judgments.form(n) == JudgmentForm.APPROVAL);
    }

    /// Fold of every judge, by the hash of the id.
    int[] folds(int folds) {
        return JudgeSplit.parts(judgments.annotators(), folds);
    }

    /// All judgments as pairs.
    Pairs pairs() {
        var candidates = judgments.candidates();
        int[] counts = IntStream.range(0, candidates.items().size())
                .map(candidates::count)
                .toArray();
        PairsBuilder builder = Pairs.builder(counts, judgments.annotators().size(), seats.size());
        for (int row = 0; row < rows.length; row++) {
            builder.values(item(row), entries(row), values(row), judge(row), seat[row], weight(row));
        }
        return builder.build();
    }

    /// The loops of a call, each index of which can be cancelled.
    static Parallel loops(PluginContext context) {
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
                    judgments.annotators().get(judge(0))));
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
