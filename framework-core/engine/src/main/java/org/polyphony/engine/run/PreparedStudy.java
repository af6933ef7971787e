package org.polyphony.engine.run;

import java.util.List;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.trust.UniversalConstraints;

/// A study whose plugins are found and whose settings are bound, or everything that keeps it from running.
public final class PreparedStudy implements AutoCloseable {

    private final StudyPlan plan;
    private final Stages stages;
    private final UniversalConstraints constraints;
    private final List<Issue> issues;

    PreparedStudy(StudyPlan plan, Stages stages, UniversalConstraints constraints, List<Issue> issues) {
        this.plan = plan;
        this.stages = stages;
        this.constraints = constraints;
        this.issues = List.copyOf(issues);
    }

    /// Everything wrong with the plan; empty if it may run.
    public List<Issue> issues() {
        return issues;
    }

    /// The run. It lives as long as this preparation.
    ///
    /// @throws AlignmentException if there are issues
    public AlignmentRun run() {
        if (!issues.isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    issues.size() + " problems keep the study from running: " + issues);
        }
        return new AlignmentRun(plan, stages, constraints);
    }

    /// Gives leases and memory back.
    @Override
    public void close() {
        stages.close();
    }
}
