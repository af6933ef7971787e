package org.polyphony.plugin.evaluator.preferences.fit;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.group.AgreementGain;
import org.polyphony.preferences.group.OpinionGroups;
import org.polyphony.preferences.group.VoteMatrix;
import org.polyphony.preferences.score.Interval;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;

/// How much better single votes are foretold when the group is known, item by item, where all judgments are
/// approvals.
///
/// Pairs ask which of two candidates is approved of by somebody who approves of one; votes ask whether one
/// is approved of. Both speak of the same groups; published figures about conversations are of votes. Folds
/// are of judges, passes teach nothing, and one strength of shrinkage is chosen for all items by held-out
/// judges. Placebo groups exchange labels between people who gave about as many votes on the item.
public final class ApprovalEvidence {
    private static final int MOST_PLACEBOS = 40;

    private final ScopeJudgments judgments;
    private final List<ItemVotes> items = new ArrayList<>();

    private record ItemVotes(int item, VoteMatrix votes, int[] statements, int[] group, int[] fold) {}

    private ApprovalEvidence(ScopeJudgments judgments) {
        this.judgments = judgments;
    }

    /// Reports `approval.gain` of the scope and, if asked for, of every item; nothing where a judgment is
    /// no approval.
    public static void report(ScopeJudgments judgments, MetricSheet sheet, boolean byItem) {
        Judgments all = judgments.study().judgments();
        for (int n = 0; n < all.count(); n++) {
            boolean fits = all.form(n) == JudgmentForm.APPROVAL || all.form(n) == JudgmentForm.LABEL;
            if (judgments.scope().contains()[all.item(n)] && !fits) {
                return;
            }
        }
        ApprovalEvidence evidence = new ApprovalEvidence(judgments);
        for (int item : judgments.scope().items()) {
            evidence.read(all, item);
        }
        if (!evidence.items.isEmpty()) {
            evidence.measure(sheet, byItem);
        }
    }

    private void read(Judgments all, int item) {
        int[] rows = java.util.stream.IntStream.range(0, all.count())
                .filter(n -> all.item(n) == item && all.form(n) == JudgmentForm.APPROVAL)
                .toArray();
        int[] judges =
                Arrays.stream(rows).map(n -> all.judge(n)).sorted().distinct().toArray();
        int k = all.candidates().count(item);
        byte[] votes = new byte[Math.multiplyExact(judges.length, k)];
        Arrays.fill(votes, VoteMatrix.UNSEEN);
        int[] group = new int[judges.length];
        Arrays.fill(group, OpinionGroups.NONE);
        for (int n : rows) {
            int at = Arrays.binarySearch(judges, all.judge(n));
            int seat = judgments.study().seat(n);
            if (seat != Seating.NONE && group[at] == OpinionGroups.NONE) {
                group[at] = seat;
            }
            for (int e = all.entries().first(n); e < all.entries().end(n); e++) {
                double value = all.entries().value(e);
                votes[at * k + all.entries().candidate(e)] =
                        value > 0.5 ? VoteMatrix.AGREE : value < 0.5 ? VoteMatrix.DISAGREE : VoteMatrix.PASS;
            }
        }
        int[] statements = new int[k];
        Arrays.setAll(statements, s -> s);
        int[] fold = Arrays.stream(judges)
                .map(judge -> judgments.resampling().foldOfJudge()[judge])
                .toArray();
        if (Arrays.stream(group).anyMatch(g -> g >= 0)) {
            items.add(new ItemVotes(item, VoteMatrix.of(judges.length, k, votes), statements, group, fold));
        }
    }

    private void measure(MetricSheet sheet, boolean byItem) {
        double strength = chosen();
        List<AgreementGain> gains = judgments
                .parallel()
                .map(
                        items.size(),
                        index -> gain(
                                items.get(index),
                                items.get(index).group(),
                                strength,
                                judgments.settings().draws().bootstrapDraws()));
        int placebos = Math.min(MOST_PLACEBOS, judgments.settings().draws().placeboDraws());
        List<double[]> placebo =
                judgments.parallel().map(items.size(), index -> placebo(items.get(index), strength, placebos));
        double saved = 0;
        long votes = 0;
        int better = 0;
        int worse = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < gains.size(); index++) {
            AgreementGain gain = gains.get(index);
            if (gain.votes() == 0) {
                continue;
            }
            Interval band =
                    Interval.of95(Arrays.stream(placebo.get(index)).average().orElse(0), placebo.get(index));
            saved += gain.gain().value() * gain.votes();
            votes += gain.votes();
            better += gain.gain().low() > 0 && gain.gain().value() > band.high() ? 1 : 0;
            worse += gain.gain().high() < 0 ? 1 : 0;
            most = Math.max(most, gain.gain().value());
            if (byItem) {
                var labels = with(
                        judgments.labels(),
                        "item",
                        judgments.study().items().get(items.get(index).item()));
                int people = items.get(index).votes().participants();
                sheet.add("approval.gain", labels, gain.gain(), people, "nats");
                sheet.add("approval.log-loss-population", labels, gain.population(), people, "nats");
                sheet.add("approval.placebo.gain", labels, band, placebos, "nats");
            }
        }
        if (votes == 0) {
            return;
        }
        sheet.add("approval.gain", judgments.labels(), saved / votes, votes, "nats");
        sheet.find(
                "approval.by-item",
                with(judgments.labels(), "lambda", Wording.strength(strength)),
                String.format(
                        Locale.ROOT,
                        "Of %d items, knowing the group foretells single votes of held-out people measurably better about"
                                + " %d and measurably worse about %d; the largest gain is %+.4f nats a vote, %+.4f over all"
                                + " %d votes (groups shrunk with lambda_d %s, chosen by held-out judges).",
                        items.size(),
                        better,
                        worse,
                        most,
                        saved / votes,
                        votes,
                        Wording.strength(strength)));
    }

    // one strength for all items: the one that saves most nats over all their votes
    private double chosen() {
        double[] path = judgments.settings().models().path();
        List<AgreementGain> tried = judgments.parallel().map(path.length * items.size(), index -> {
            ItemVotes item = items.get(index % items.size());
            double strength = path[index / items.size()];
            return gain(item, item.group(), strength, 1);
        });
        double chosen = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int at = 0; at < path.length; at++) {
            double saved = 0;
            for (int item = 0; item < items.size(); item++) {
                AgreementGain gain = tried.get(at * items.size() + item);
                saved += gain.votes() == 0 ? 0 : gain.gain().value() * gain.votes();
            }
            if (saved > most) {
                most = saved;
                chosen = path[at];
            }
        }
        return chosen;
    }

    private double[] placebo(ItemVotes item, double strength, int draws) {
        double[] gains = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            judgments.context().checkCancelled();
            int[] group = AgreementGain.permuted(
                    item.votes(),
                    item.statements(),
                    item.group(),
                    judgments.context().seed(),
                    draw);
            gains[draw] = gain(item, group, strength, 1).gain().value();
        }
        return gains;
    }

    private AgreementGain gain(ItemVotes item, int[] group, double strength, int draws) {
        return AgreementGain.of(
                item.votes(),
                item.statements(),
                group,
                item.fold(),
                judgments.settings().folds(),
                new AgreementGain.Options(
                        judgments.settings().models().ridge(),
                        strength,
                        Ties.DROP,
                        draws,
                        judgments.context().seed()));
    }
}
