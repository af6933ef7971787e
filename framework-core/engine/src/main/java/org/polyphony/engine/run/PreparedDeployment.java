package org.polyphony.engine.run;

import java.util.List;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// A deployment whose plugins are found and whose settings are bound, or everything that keeps it from
/// answering.
public final class PreparedDeployment implements AutoCloseable {

    private final Deployment deployment;
    private final StudyPlan plan;
    private final BusStages stages;
    private final List<Issue> issues;
    private boolean handedOver;

    PreparedDeployment(Deployment deployment, StudyPlan plan, BusStages stages, List<Issue> issues) {
        this.deployment = deployment;
        this.plan = plan;
        this.stages = stages;
        this.issues = List.copyOf(issues);
    }

    /// Everything wrong with the plan; empty if it may answer.
    public List<Issue> issues() {
        return issues;
    }

    /// Reads the data, encodes their candidates and fits profiles. The deployment has everything then,
    /// and is closed for itself.
    ///
    /// @throws AlignmentException if there are issues, or what is read or answered cannot be used
    public LearnedDeployment learn() {
        if (!issues.isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    issues.size() + " problems keep the deployment from answering: " + issues);
        }
        var learned = LearnedDeployment.learn(deployment, plan, stages);
        handedOver = true;
        return learned;
    }

    /// Gives leases and memory back, unless a deployment has them.
    @Override
    public void close() {
        if (!handedOver) {
            stages.close();
        }
    }
}
