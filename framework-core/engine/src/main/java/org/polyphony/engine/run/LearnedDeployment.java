package org.polyphony.engine.run;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.deploy.Assembly;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.deploy.Reply;
import org.polyphony.engine.deploy.Request;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.PreferRequest;

/// A deployment that has learned: its data are read, its candidates encoded, its profiles fitted, its
/// slots filled. It answers requests until it is closed, each in one set of leases and with memory of
/// its own, which is empty when the answer is given; nothing is fitted again. Safe for use by many
/// threads.
public final class LearnedDeployment implements AutoCloseable {

    private final StudyPlan plan;
    private final BusStages.Kept kept;
    private final Learning.Learned learned;
    private final ClaimedSeats claimed;
    private final Answering answering;
    private final List<Blend> seats;
    private final List<Issue> issues;
    private final AtomicLong numbers = new AtomicLong();

    private LearnedDeployment(
            Deployment deployment, StudyPlan plan, BusStages stages, Learning.Learned learned, List<Blend> seats) {
        this.plan = plan;
        this.learned = learned;
        this.seats = seats;
        this.issues = stages.issues();
        var profiler = plan.people().profiler().orElseThrow();
        var judgments = learned.data().judgments();
        var claims = new TreeSet<String>();
        plan.solving()
                .norms()
                .forEach(norm -> claims.addAll(stages.plugin(norm).declared().claims()));
        claimed = new ClaimedSeats(plan, judgments.judges(), learned.fit().seating(), List.copyOf(claims));
        answering = new Answering(
                plan,
                new AskedItems(
                        judgments.candidates(),
                        learned.fit().data().features(),
                        profiler.plugin(),
                        stages.plugin(profiler).declared().generalises()),
                claimed,
                learned,
                stages.keep(learned.profiles().orElseThrow()),
                deployment.constraints());
        kept = stages.release();
    }

    /// Learns, and gives the leases back.
    ///
    /// @param stages closed with the result
    static LearnedDeployment learn(Deployment deployment, StudyPlan plan, BusStages stages) {
        var learned = new Learning(plan, stages).learn(StudyPlan.Split.ALL);
        var seating = learned.fit().seating();
        var estimate = stages.prefer(
                plan.people().profiler().orElseThrow(),
                learned.profiles().orElseThrow(),
                PreferRequest.ofSeats(learned.fit().judgments().candidates(), seating.ids())
                        .withFeatures(learned.fit().data().features()));
        return new LearnedDeployment(deployment, plan, stages, learned, List.copyOf(estimate.blends()));
    }

    /// Answers one request: review, then what the asker prefers, then the policy, checked and certified
    /// as those of a study are. Blocking.
    ///
    /// @throws AlignmentException if the request cannot be understood or a plugin fails: nothing is
    ///     answered then
    public Reply answer(Request request) {
        var run = Run.silent(
                kept.slots().id() + "-request-" + numbers.incrementAndGet(),
                request.choice().seed());
        return answer(request, run);
    }

    private Reply answer(Request request, Run run) {
        var leased = kept.slots().lease();
        var told = new RunTelling(RunListener.silent(), kept.slots().paths());
        try (var stages = kept.request(run, leased, told)) {
            var reply = answering.answer(request, stages);
            SeatMetrics.of(reply, claimed.speaking(request)).forEach(leased::measure);
            return reply;
        }
    }

    /// The slots that requests use, by names made of the places in the file: `norms[0]` is `norms-0`.
    public Assembly assembly() {
        return kept.slots().assembly();
    }

    /// What the file says.
    public StudyPlan plan() {
        return plan;
    }

    /// Who has a seat, and what stands behind each.
    public List<Blend> seats() {
        return seats;
    }

    /// The labels of the policies that a request can name; it is answered by the first unless it does.
    public List<String> policies() {
        return plan.solving().policies().stream()
                .map(StudyPlan.PolicyUse::label)
                .toList();
    }

    /// What the user should know of what was learned.
    public List<Issue> issues() {
        return issues;
    }

    /// How many judgments were learned from.
    public int judgments() {
        return learned.fit().judgments().count();
    }

    /// Stops the plugins and frees what was learned. No request is answered any more.
    @Override
    public void close() {
        kept.close();
    }
}
