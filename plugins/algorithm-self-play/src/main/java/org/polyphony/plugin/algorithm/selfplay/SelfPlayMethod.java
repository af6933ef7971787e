package org.polyphony.plugin.algorithm.selfplay;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import org.polyphony.alignment.MatrixRule;
import org.polyphony.games.PredictiveRegretMatching;
import org.polyphony.games.selfplay.BatchedMirrorDescent;
import org.polyphony.games.selfplay.Egpo;
import org.polyphony.games.selfplay.IterativeDpo;
import org.polyphony.games.selfplay.Mmd;
import org.polyphony.games.selfplay.Mwu;
import org.polyphony.games.selfplay.NashMd;
import org.polyphony.games.selfplay.NashMdPg;
import org.polyphony.games.selfplay.NashMp;
import org.polyphony.games.selfplay.OnlineIpo2;
import org.polyphony.games.selfplay.Onpo;
import org.polyphony.games.selfplay.ScheduledNashMd;
import org.polyphony.games.selfplay.SelfPlayRule;
import org.polyphony.games.selfplay.SelfPlaySolver;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.Answer;
import org.polyphony.support.Extras;
import org.polyphony.support.GameLoop;

/// The methods of the family: under which name, how a game is solved, and what its golden call must answer.
enum SelfPlayMethod {
    /// COMAL, see [org.polyphony.games.selfplay.Comal]. The request's τ is the pull inside; the game that is solved has
    /// none.
    COMAL("comal", GoldenGame.cycle(1e-3), running((request, context) -> {
        var settings = context.settings(ComalSettings.class);
        return settings.solver(request.tau().orElse(settings.tau()));
    })),

    /// Extragradient, see [Egpo].
    EGPO("egpo", GoldenGame.regularisedCycle(1e-4), regularised(Egpo::new, Egpo::ofTau)),

    /// Online mirror descent, see [org.polyphony.games.selfplay.Inpo].
    INPO(
            "inpo",
            GoldenGame.regularisedCycle(1e-4),
            running(
                    (request, context) -> {
                        var settings = context.settings(InpoSettings.class);
                        return settings.solver(request.tau().orElse(settings.tau()));
                    },
                    (request, context) -> {
                        var settings = context.settings(InpoSettings.class);
                        return settings.batched(request.tau().orElse(settings.tau()), context);
                    })),

    /// Iterative DPO, see [IterativeDpo].
    ITERATIVE_DPO("iter-dpo", GoldenGame.winner(5e-3), running((_, context) -> {
        var settings = context.settings(IterativeDpoSettings.class);
        return settings.solver(new IterativeDpo(settings.step()));
    })),

    /// Magnetic mirror descent, see [Mmd].
    MMD("mmd", GoldenGame.regularisedCycle(1e-4), regularised(Mmd::new, Mmd::ofTau)),

    /// Multiplicative weights, see [Mwu]. Answers the average policy unless told otherwise.
    MWU(
            "mwu",
            GoldenGame.cycle(2e-2),
            running(
                    (_, context) -> {
                        var settings = context.settings(MwuSettings.class);
                        return settings.solver(new Mwu(settings.step()));
                    },
                    (_, context) -> {
                        var settings = context.settings(MwuSettings.class);
                        return BatchedRule.solver(
                                settings.precision(),
                                settings.step(),
                                0,
                                settings.tolerance(),
                                settings.maxIterations(),
                                context);
                    })),

    /// Nash mirror descent, see [ScheduledNashMd], and [NashMd] where a step is given.
    NASH_MD("nash-md", GoldenGame.regularisedCycle(1e-3), regularised(NashMd::of, ScheduledNashMd::new)),

    /// Nash-MD-PG, see [NashMdPg].
    NASH_MD_PG("nash-md-pg", GoldenGame.regularisedCycle(3e-2), running((request, context) -> {
        var settings = context.settings(NashMdPgSettings.class);
        double tau = request.tau().orElse(settings.tau());
        return settings.solver(settings.step()
                .<SelfPlayRule>map(step -> new NashMdPg(step, tau, settings.mixture()))
                .orElseGet(() -> NashMdPg.ofTau(tau, settings.mixture())));
    })),

    /// Nash mirror prox, see [NashMp].
    NASH_MP("nash-mp", GoldenGame.regularisedCycle(1e-4), regularised(NashMp::new, NashMp::ofTau)),

    /// Online IPO 2, see [OnlineIpo2].
    ONLINE_IPO_2("online-ipo-2", GoldenGame.regularisedCycle(1e-4), regularised(OnlineIpo2::new, OnlineIpo2::ofTau)),

    /// Optimistic multiplicative weights, see [Onpo].
    ONPO("onpo", GoldenGame.cycle(1e-4), running((_, context) -> {
        var settings = context.settings(OnpoSettings.class);
        return settings.solver(new Onpo(settings.step()));
    })),

    /// Predictive regret matching⁺, see [PredictiveRegretMatching]. Starts at the uniform policy, whatever
    /// the reference.
    PRM_PLUS("prm-plus", GoldenGame.cycle(1e-4), (_, context) -> {
        var settings = context.settings(PrmPlusSettings.class);
        var solver = new PredictiveRegretMatching(settings.tolerance(), settings.maxIterations());
        return () -> game -> {
            var solved = solver.solve(game.mixture(), game.allowed());
            return Answer.of(solved.policy(), 0, solved.iterations(), solved.gap());
        };
    });

    private final String id;
    private final GoldenGame golden;
    private final GameLoop games;

    SelfPlayMethod(String id, GoldenGame golden, MatrixRule.Source rules) {
        this.id = id;
        this.golden = golden;
        this.games = GameLoop.of(
                        id, "lower tolerance and raise max-iterations, or choose an algorithm that converges here")
                .with(Formulation.POPULATION, Extras.NONE, MatrixRule.reading((request, context) -> {
                    try {
                        return rules.rules(request, context);
                    } catch (IllegalArgumentException e) { // a step and a τ that do not go together
                        throw new AlignmentException(StandardErrorCode.SETTING_INVALID, id + ": " + e.getMessage(), e);
                    }
                }));
    }

    /// The method that a plugin of the bundle is.
    static SelfPlayMethod of(String id) {
        return Arrays.stream(values())
                .filter(method -> method.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no method is called " + id));
    }

    /// What it must answer to the golden call.
    GoldenGame golden() {
        return golden;
    }

    /// How it goes through the games of a request.
    GameLoop games() {
        return games;
    }

    /// How a request is solved: the settings in the context, the τ in the request.
    @FunctionalInterface
    private interface SolverSource {

        SelfPlaySolver solver(AlignmentRequest request, PluginContext context);
    }

    /// How a request is solved in single precision, where that was asked for and can be had.
    @FunctionalInterface
    private interface BatchSource {

        Optional<BatchedMirrorDescent> batch(AlignmentRequest request, PluginContext context);
    }

    /// A rule of a step and a τ.
    @FunctionalInterface
    private interface SteppedRule {

        SelfPlayRule of(double step, double tau);
    }

    /// Rules for a regularised game: with the step that is set, or else the one that suits τ.
    private static MatrixRule.Source regularised(SteppedRule stepped, DoubleFunction<SelfPlayRule> ofTau) {
        return running((request, context) -> {
            var settings = context.settings(RegularisedSettings.class);
            double tau = request.tau().orElse(settings.tau());
            return settings.solver(
                    settings.step().map(step -> stepped.of(step, tau)).orElseGet(() -> ofTau.apply(tau)));
        });
    }

    /// Rules that run a solver.
    private static MatrixRule.Source running(SolverSource source) {
        return (request, context) -> {
            var solver = source.solver(request, context).withPause(context::checkCancelled);
            return () -> game -> SelfPlayAlgorithm.solve(game, solver);
        };
    }

    /// Mirror descent: the solver in double precision, a batch at a time in single.
    ///
    /// @param batches what to run where a kernel for single precision is there; absent for double precision
    private static MatrixRule.Source running(SolverSource source, BatchSource batches) {
        return (request, context) -> batches.batch(request, context)
                .<Supplier<MatrixRule>>map(batch -> () -> new BatchedRule(batch))
                .orElseGet(() -> running(source).rules(request, context));
    }

    @Override
    public String toString() {
        return id;
    }
}
