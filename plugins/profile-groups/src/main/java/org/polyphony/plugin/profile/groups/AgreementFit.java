package org.polyphony.plugin.profile.groups;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Ties;
import org.polyphony.preferences.TrainingJudgments;
import org.polyphony.preferences.group.AgreementGain;
import org.polyphony.preferences.group.AgreementModel;
import org.polyphony.preferences.group.AgreementModel.AgreementCounts;
import org.polyphony.preferences.group.VoteMatrix;
import org.polyphony.preferences.model.Strengths;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;

/// Fits the log-odds of approval of every candidate to approvals; see [AgreementModel] for how they become
/// preferences.
final class AgreementFit {
    private final GroupsSettings settings;
    private final TrainingJudgments training;
    private final Candidates candidates;
    private final PluginContext context;

    private AgreementFit(GroupsSettings settings, TrainingJudgments training, PluginContext context) {
        this.settings = settings;
        this.training = training;
        this.candidates = training.judgments().candidates();
        this.context = context;
    }

    static SeatPreferences fit(GroupsSettings settings, TrainingJudgments training, PluginContext context) {
        return new AgreementFit(settings, training, context).fit();
    }

    private SeatPreferences fit() {
        int seats = training.seats().size();
        int all = candidates.ids().size();
        AgreementCounts everybody = AgreementCounts.none(all);
        AgreementCounts[] own = new AgreementCounts[seats];
        Arrays.setAll(own, s -> AgreementCounts.none(all));
        double[][][] counts = new double[candidates.items().size()][seats][];
        for (int item = 0; item < counts.length; item++) {
            int k = candidates.count(item);
            Arrays.setAll(counts[item], s -> new double[k * k]);
        }
        for (int row = 0; row < training.count(); row++) {
            context.checkCancelled();
            int first = candidates.first(training.item(row));
            int[] of = training.entries(row);
            double[] values = training.values(row);
            int seat = training.seat()[row];
            for (int e = 0; e < of.length; e++) {
                everybody.add(first + of[e], vote(values[e]), training.weight(row), settings.ties());
                if (seat != Pairs.NO_GROUP) {
                    own[seat].add(first + of[e], vote(values[e]), training.weight(row), settings.ties());
                }
            }
            if (seat != Pairs.NO_GROUP) {
                count(of, training.weight(row), counts[training.item(row)][seat], candidates.count(training.item(row)));
            }
        }
        double shrinkage = settings.shrinkage().isChosen()
                ? chosen()
                : settings.shrinkage().fixed();
        AgreementModel model = AgreementModel.fit(everybody, own, settings.ridge(), shrinkage);
        Map<String, String> notes = new TreeMap<>();
        notes.put("model", "agreement");
        notes.put("shrinkage", Double.toString(shrinkage));
        notes.put("ridge", Double.toString(settings.ridge()));
        notes.put("ties", settings.ties() == Ties.HALF ? "half" : "drop");
        context.report(Issue.note(
                "PROFILE_MODEL",
                "fitted the agreement model to approvals by " + training.count()
                        + " judgments; groups are shrunk to the"
                        + " population with strength " + shrinkage
                        + (settings.shrinkage().isChosen() ? ", chosen by held-out judges" : ", as set"),
                ""));
        return preferences(model, counts, notes);
    }

    private SeatPreferences preferences(AgreementModel model, double[][][] counts, Map<String, String> notes) {
        int seats = training.seats().size();
        double[][][] p = new double[counts.length][seats][];
        double[][][] deviation = new double[counts.length][seats][];
        double[][][] scores = new double[counts.length][seats][];
        for (int item = 0; item < counts.length; item++) {
            int k = candidates.count(item);
            int first = candidates.first(item);
            for (int s = 0; s < seats; s++) {
                double[] theta = new double[k];
                deviation[item][s] = new double[k * k];
                for (int i = 0; i < k; i++) {
                    theta[i] = model.logit(s, first + i);
                    for (int j = 0; j < k; j++) {
                        // candidates are judged each on its own, so their errors are independent
                        deviation[item][s][i * k + j] =
                                i == j ? 0 : Math.sqrt(model.variance(s, first + i) + model.variance(s, first + j));
                    }
                }
                p[item][s] = Strengths.of(theta).matrix();
                scores[item][s] = theta;
            }
        }
        return new SeatPreferences(p, deviation, counts, Optional.of(scores), notes);
    }

    /// A strength that held-out judges like best; each judge counts for the first seat they spoke for.
    private double chosen() {
        int judges = training.judgments().judges().ids().size();
        int all = candidates.ids().size();
        if ((long) judges * all > Integer.MAX_VALUE - 16) {
            throw new AlignmentException(
                    StandardErrorCode.MEMORY_EXHAUSTED,
                    judges + " judges times " + all + " candidates are too many to choose the shrinkage; set it");
        }
        byte[] votes = new byte[judges * all];
        Arrays.fill(votes, VoteMatrix.UNSEEN);
        int[] seat = new int[judges];
        Arrays.fill(seat, Pairs.NO_GROUP);
        for (int row = 0; row < training.count(); row++) {
            int[] of = training.entries(row);
            double[] values = training.values(row);
            for (int e = 0; e < of.length; e++) {
                votes[training.judge(row) * all + candidates.first(training.item(row)) + of[e]] = vote(values[e]);
            }
            if (seat[training.judge(row)] == Pairs.NO_GROUP) {
                seat[training.judge(row)] = training.seat()[row];
            }
        }
        int[] statements = new int[all];
        Arrays.setAll(statements, c -> c);
        return AgreementGain.chooseShrinkage(
                VoteMatrix.of(judges, all, votes),
                statements,
                seat,
                training.folds(settings.folds()),
                settings.folds(),
                settings.ridge(),
                settings.ties(),
                settings.shrinkage().path(),
                TrainingJudgments.loops(context));
    }

    private static void count(int[] of, double weight, double[] counts, int k) {
        for (int a : of) {
            for (int b : of) {
                if (a != b) {
                    counts[a * k + b] += weight;
                }
            }
        }
    }

    private static byte vote(double value) {
        return value > 0.5 ? VoteMatrix.AGREE : value < 0.5 ? VoteMatrix.DISAGREE : VoteMatrix.PASS;
    }
}
