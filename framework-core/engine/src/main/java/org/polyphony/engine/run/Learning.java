package org.polyphony.engine.run;

import static org.polyphony.spi.error.StandardErrorCode.JUDGMENTS_EMPTY;

import java.util.Optional;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;

/// What comes before any answer, in a study and in a deployment: judgments are read, texts encoded,
/// profiles fitted.
final class Learning {

    private final StudyPlan plan;
    private final Stages stages;

    Learning(StudyPlan plan, Stages stages) {
        this.plan = plan;
        this.stages = stages;
    }

    /// What was learned. Its tensors live as long as the stages' memory.
    ///
    /// @param data what was read
    /// @param comparisons among the judgments that were learned from
    /// @param fit what profiles were, or would be, fitted to
    /// @param profiles empty where the plan names no profiler
    record Learned(PreferenceData data, Comparisons comparisons, FitRequest fit, Optional<Artefact> profiles) {}

    Learned learn(StudyPlan.Split split) {
        var data = read();
        var judgments = data.judgments();
        var seats = StudySeats.of(judgments, plan.people().seats());
        seats.joined().ifPresent(stages::report);
        var weights = JudgmentSplit.weights(judgments, split);
        var comparisons = Comparisons.of(judgments, seats.seating(), n -> weights.getDouble(n) > 0);
        comparisons.issue().ifPresent(stages::report);
        var features =
                CandidateFeatures.encode(judgments.candidates(), plan.data().encoders(), stages);
        var fit = new FitRequest(new JudgedData(judgments, features), weights, seats.seating());
        return new Learned(data, comparisons, fit, plan.people().profiler().map(profiler -> stages.fit(profiler, fit)));
    }

    /// Reads the judgments, and makes sure before anything is encoded or fitted that whoever and
    /// whatever the plan names can be found in them.
    PreferenceData read() {
        var data = stages.read(plan.data().source());
        var judgments = data.judgments();
        if (judgments.count() == 0) {
            throw new AlignmentException(
                    JUDGMENTS_EMPTY,
                    "source '" + plan.data().source().plugin() + "' read no judgment; check its settings and files");
        }
        Comparisons.requireOneCriterion(judgments, plan.data().source().plugin());
        StudySeats.of(judgments, plan.people().seats());
        plan.solving().unseen().ifPresent(unseen -> Folds.of(judgments.candidates(), unseen.leaveOut()));
        if (!plan.data().encoders().isEmpty()) {
            CandidateFeatures.requireTexts(judgments.candidates());
        }
        return data;
    }
}
