package org.polyphony.engine.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode.Fault;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.AdaptRequest;
import org.polyphony.spi.profile.AdaptiveProfiles;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.JudgedData;
import org.polyphony.spi.profile.NextRequest;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.safety.VerifiedContext;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.contract.WellFormed;

/// A small call of each role, whose answer is checked against the contract of the role.
final class GoldenCalls {

    private GoldenCalls() {}

    // roles not named here need settings or inputs that only the plugin itself knows
    static int run(Role role, Object plugin, List<String> formulations, PluginContext context) {
        try {
            switch (role) {
                case ALGORITHM -> align((AlignmentAlgorithm) plugin, formulations, context);
                case PROFILER -> profile((ValueProfiler) plugin, context);
                case SAFETY -> review((SafetyLayer) plugin, context);
                default -> {
                    return 0;
                }
            }
            return 1;
        } catch (AlignmentException e) {
            // profilers and safety layers may need other data than these for their settings. An algorithm is given all
            // that a game can hold; one that blames its caller there has not passed
            if (role == Role.ALGORITHM || e.code().fault() != Fault.USER) {
                throw e;
            }
            return 0;
        }
    }

    /// A cycle of three candidates, once with all of them and once without the third, with features and
    /// ballots.
    private static void align(AlignmentAlgorithm algorithm, List<String> wanted, PluginContext context) {
        double[] cycle = {.5, .7, .3, .3, .5, .7, .7, .3, .5};
        double[] ranks = {1, 2, 3, 2, 3, 1, 3, 1, 2};
        var p = new double[2 * 2 * 9];
        for (int at = 0; at < p.length; at += 9) {
            System.arraycopy(cycle, 0, p, at, 9);
        }
        var ballots = new double[2 * 9];
        System.arraycopy(ranks, 0, ballots, 0, 9);
        System.arraycopy(ranks, 0, ballots, 9, 9);
        var bucket = GameBucket.of(Tensor.ofInts(new int[] {0, 1}, 2), Tensor.ofDoubles(p, 2, 2, 3, 3))
                .withAllowed(Tensor.ofBytes(new byte[] {1, 1, 1, 1, 1, 0}, 2, 3))
                .withFeatures(Tensor.ofDoubles(new double[] {1, 0, 0, 1, 1, 1, 0, 2, 2, 0, 1, 2}, 2, 3, 2))
                .withBallots(Tensor.ofDoubles(ballots, 2, 3, 3));
        var games = PreferenceGames.of(List.of("a", "b"), Tensor.ofDoubles(new double[] {.5, .5}, 2), List.of(bucket));
        for (var formulation : wanted) {
            var solution = algorithm.align(AlignmentRequest.of(games, formulation), context);
            Certification.certify(
                    SealedGames.of(games),
                    formulation,
                    "golden",
                    solution,
                    held -> require(!held.code().equals(HeldBack.BROKEN), formulation + ": " + held.why()));
        }
    }

    /// Twelve judgments of two people, one of each group, about three candidates with features; where profiles learn
    /// people after the fit, one of a third, and what to ask them.
    private static void profile(ValueProfiler profiler, PluginContext context) {
        var candidates = Candidates.of(
                List.of("item"), List.of(""), List.of("a", "b", "c"), List.of("", "", ""), new int[] {0, 3});
        var judgments = judgments(candidates, List.of("p", "q"), 12);
        var counted = new double[12];
        Arrays.fill(counted, 1);
        var seats = List.of("one", "two");
        var features = Optional.of(Tensor.ofDoubles(new double[] {1, 0, 0, 1, 1, 1}, 3, 2));
        var artefact = profiler.fit(
                new FitRequest(
                        new JudgedData(judgments, features), Tensor.ofDoubles(counted, 12), Seating.of("group", seats)),
                context);
        var asked = PreferRequest.ofSeats(candidates, seats).withFeatures(features);
        try (var profiles = profiler.open(artefact, context)) {
            WellFormed.preferences(asked, profiles.prefer(asked, context))
                    .ifPresent(what -> require(false, "it answered " + what));
            if (profiles instanceof AdaptiveProfiles adaptive) {
                var said = new JudgedData(judgments(candidates, List.of("r"), 1), features);
                var known = adaptive.adapt(new AdaptRequest("r", new Whose.Seats(Map.of("one", 1.0)), said), context);
                var next = NextRequest.of(new Whose.Person("r", Optional.of(known)), candidates, 3)
                        .withFeatures(features);
                var questions = adaptive.next(next, context);
                WellFormed.questions(next, questions).ifPresent(what -> require(false, "it would ask " + what));
                require(
                        questions.count() <= 2,
                        "it would ask " + questions.count() + " of three pairs, one of which was judged before");
            }
        }
    }

    /// Judgments of people in turn about pairs of the three candidates of one item, ordered as shown.
    private static Judgments judgments(Candidates candidates, List<String> people, int n) {
        var forms = new byte[n];
        var person = new int[n];
        var offsets = new int[n + 1];
        var entries = new int[2 * n];
        var values = new double[2 * n];
        var weights = new double[n];
        for (int i = 0; i < n; i++) {
            forms[i] = JudgmentForm.PAIR.code();
            person[i] = i % people.size();
            offsets[i + 1] = 2 * (i + 1);
            entries[2 * i] = i % 3;
            entries[2 * i + 1] = (i + 1) % 3;
            values[2 * i + i / 6] = 1;
            weights[i] = 1;
        }
        return Judgments.of(
                candidates,
                new Judges(people, List.of(new GroupAttribute("group", List.of("one", "two")))),
                JudgmentColumns.of(
                        Tensor.ofBytes(forms, n),
                        Tensor.ofInts(new int[n], n),
                        Tensor.ofInts(person, n),
                        Tensor.ofInts(person.clone(), n, 1),
                        Tensor.ofDoubles(weights, n)),
                new Entries(
                        Tensor.ofInts(offsets, n + 1),
                        Tensor.ofInts(entries, 2 * n),
                        Tensor.ofDoubles(values, 2 * n),
                        true));
    }

    /// Two candidates in a context of which nothing is verified.
    private static void review(SafetyLayer layer, PluginContext context) {
        var candidates = Candidates.of(
                List.of("item"), List.of("prompt"), List.of("a", "b"), List.of("yes", "no"), new int[] {0, 2});
        var result = layer.review(new ReviewRequest(candidates, VerifiedContext.none()), context);
        require(
                result.allowed().size() == 2,
                "it decided about " + result.allowed().size() + " of 2 candidates");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AlignmentException(StandardErrorCode.PLUGIN_FAILED, otherwise);
        }
    }
}
