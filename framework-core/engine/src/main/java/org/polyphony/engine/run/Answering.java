package org.polyphony.engine.run;

import static org.polyphony.spi.error.StandardErrorCode.UNSUPPORTED;
import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.polyphony.engine.certify.Certification;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.SealedGames;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.deploy.Receipt;
import org.polyphony.engine.deploy.Reply;
import org.polyphony.engine.deploy.Request;
import org.polyphony.engine.game.GameAssembly;
import org.polyphony.engine.game.GameSelection;
import org.polyphony.engine.game.RankingBallots;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.PolicyUse;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.PreferRequest;
import org.polyphony.spi.profile.PreferenceBucket;
import org.polyphony.spi.profile.PreferenceEstimate;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.support.settings.NearestName;
import org.polyphony.trust.Refuse;
import org.polyphony.trust.UniversalConstraints;

/// The answer to one question after what was learned: candidates are reviewed, then compared from every
/// viewpoint, then a policy is solved for each, checked and certified; the asker's is drawn from.
///
/// A viewpoint that is one person, one seat, or of the population game a mixture of seats, is the only
/// stakeholder of its game: the population game is linear in P. In any other formulation the seats of a
/// mixture are stakeholders, which weigh what their shares are. Safe for use by many threads.
final class Answering {

    /// Of fewer judgments than these no difference would be seen.
    private static final double FEW_JUDGMENTS = 20;

    private static final String ALONE = "viewpoint";
    private static final String SEAT = "seat ";

    private final StudyPlan plan;
    private final AskedItems items;
    private final ClaimedSeats claimed;
    private final Learning.Learned learned;
    private final String profiles;
    private final UniversalConstraints constraints;
    private final RankingBallots noBallots;

    /// @param profiles digest of what was learned
    Answering(
            StudyPlan plan,
            AskedItems items,
            ClaimedSeats claimed,
            Learning.Learned learned,
            String profiles,
            UniversalConstraints constraints) {
        this.plan = plan;
        this.items = items;
        this.claimed = claimed;
        this.learned = learned;
        this.profiles = profiles;
        this.constraints = constraints;
        int n = learned.fit().judgments().count();
        this.noBallots = RankingBallots.of(
                learned.fit().judgments(),
                Tensor.ofDoubles(new double[n], n),
                learned.fit().seating());
    }

    Reply answer(Request request, Stages stages) {
        var asked = items.find(request.question(), request.candidates());
        var issues = new ArrayList<>(claimed.check(request.claims()));
        var policy = policy(request.choice());
        var viewpoints = viewpoints(request);
        requireCompared(asked);
        var review = new CandidateReview(constraints, stages)
                .review(asked.candidates(), plan.solving().norms(), claimed.context(request.claims()));
        int allowed = review.mask().count();
        List<Reply.Answer> answers = List.of();
        if (allowed == 0) {
            issues.add(Issue.error(
                    "ALL_REFUSED",
                    "none of the " + asked.candidates().ids().size()
                            + " candidates may be given; see which rule objects",
                    ""));
        } else {
            var estimate = prefer(asked, viewpoints, policy, stages);
            var blend = estimate.blends().getFirst();
            if (blend.judgments() < request.choice().minSupport()) {
                issues.add(Issue.error(
                        "SUPPORT_TOO_SMALL", few(blend, request.choice().minSupport()), ""));
            } else {
                if (blend.judgments() < FEW_JUDGMENTS) {
                    issues.add(Issue.note("SUPPORT_SMALL", few(blend, FEW_JUDGMENTS), ""));
                }
                blend.tooFew().ifPresent(few -> issues.add(Issue.note("TOO_FEW", few, "")));
                answers = new Games(asked, review, policy, estimate, stages, viewpoints).answers(issues);
            }
        }
        issues.addAll(stages.issues());
        var receipt = new Receipt(
                "",
                profiles,
                review.constraints().stream().map(set -> set.digest()).toList(),
                stages.plugins().stream()
                        .map(of -> new Reply.Generation(of.slot(), of.id(), of.version(), of.sha256(), of.generation()))
                        .toList());
        return Receipt.seal(
                request,
                new Reply(
                        asked.ofData() ? Optional.of(asked.candidates().items().getFirst()) : Optional.empty(),
                        candidates(asked, review),
                        answers,
                        pick(asked, answers, request.choice().seed()),
                        refusals(asked, review),
                        issues,
                        receipt));
    }

    private PolicyUse policy(Request.Choice choice) {
        var policies = plan.solving().policies();
        if (choice.policy().isEmpty()) {
            return policies.getFirst();
        }
        var wanted = choice.policy().get();
        var labels = policies.stream().map(PolicyUse::label).toList();
        return policies.stream()
                .filter(of -> of.label().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AlignmentException(
                        VALUE_INVALID,
                        "the file makes no policy called '" + wanted + "'" + NearestName.hint(wanted, labels)
                                + "; there are " + labels));
    }

    private List<Viewpoint> viewpoints(Request request) {
        var viewpoints = new ArrayList<Viewpoint>();
        viewpoints.add(request.asker().orElseGet(() -> Viewpoint.of(Request.ASKER, claimed.asker(request.claims()))));
        viewpoints.addAll(request.also());
        var ids = new HashSet<String>();
        for (var viewpoint : viewpoints) {
            if (!ids.add(viewpoint.id())) {
                throw new AlignmentException(
                        VALUE_INVALID, "two viewpoints are called '" + viewpoint.id() + "'; name each differently");
            }
            if (!viewpoint.values().isEmpty()) {
                throw new AlignmentException(
                        UNSUPPORTED,
                        "values cannot be set yet (" + viewpoint.values() + "): what somebody would get who valued"
                                + " something else is a counterfactual, and no installed plugin answers one; ask without"
                                + " values");
            }
        }
        return viewpoints;
    }

    private void requireCompared(AskedItems.Asked asked) {
        if (asked.ofData()
                && asked.features().isEmpty()
                && !learned.comparisons().anyOf(asked.item())) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    "nobody compared candidates of item '"
                            + asked.candidates().items().getFirst()
                            + "', so nobody's preference is known there; ask about another");
        }
    }

    private PreferenceEstimate prefer(
            AskedItems.Asked asked, List<Viewpoint> viewpoints, PolicyUse policy, Stages stages) {
        var all = new ArrayList<>(viewpoints);
        if (!policy.formulation().equals(Formulation.POPULATION)) {
            learned.fit()
                    .seating()
                    .ids()
                    .forEach(seat -> all.add(
                            Viewpoint.of(SEAT + seat, Viewpoint.ofSeat(seat).whose())));
        }
        var features = asked.features()
                .or(() ->
                        CandidateFeatures.encode(asked.candidates(), plan.data().encoders(), stages));
        return stages.prefer(
                plan.people().profiler().orElseThrow(),
                learned.profiles().orElseThrow(),
                new PreferRequest(asked.candidates(), all, features, PreferRequest.Form.PAIRS));
    }

    private static String few(Blend blend, double wanted) {
        return String.format(
                Locale.ROOT,
                "%.0f judgments of %d people stand behind this answer, under %.0f",
                blend.judgments(),
                blend.people(),
                wanted);
    }

    /// The games of one request.
    private final class Games {

        private final AskedItems.Asked asked;
        private final CandidateReview.Review review;
        private final PolicyUse policy;
        private final PreferenceEstimate estimate;
        private final Stages stages;
        private final int viewpoints;
        private final PreferenceBucket pairs;
        private final int k;
        private final BitSet persons = new BitSet();
        private final List<HeldBack> held = new ArrayList<>();

        Games(
                AskedItems.Asked asked,
                CandidateReview.Review review,
                PolicyUse policy,
                PreferenceEstimate estimate,
                Stages stages,
                List<Viewpoint> viewpoints) {
            this.asked = asked;
            this.review = review;
            this.policy = policy;
            this.estimate = estimate;
            this.stages = stages;
            this.viewpoints = viewpoints.size();
            IntStream.range(0, viewpoints.size())
                    .filter(v -> viewpoints.get(v).whose() instanceof Whose.Person)
                    .forEach(persons::set);
            this.pairs = estimate.pairs().getFirst();
            this.k = pairs.candidates();
        }

        List<Reply.Answer> answers(List<Issue> issues) {
            var answers = new Reply.Answer[viewpoints];
            if (review.mask().count() == 1) {
                var sure = IntStream.range(0, k)
                        .mapToObj(i -> review.allowed(i) ? 1.0 : 0.0)
                        .toList();
                IntStream.range(0, viewpoints)
                        .forEach(v -> answers[v] = answer(v, Reply.NO_GAME, Standing.VALID, sure));
            } else {
                int[] alone =
                        IntStream.range(0, viewpoints).filter(this::isAlone).toArray();
                if (alone.length > 0) {
                    solveAlone(alone, answers);
                }
                IntStream.range(0, viewpoints).filter(v -> !isAlone(v)).forEach(v -> answers[v] = solveTogether(v));
            }
            var use = policy.algorithm().use();
            for (var code : List.of(HeldBack.BROKEN, HeldBack.REJECTED)) {
                HeldBack.issue(
                                held,
                                code,
                                "algorithm '" + use.plugin() + "' (" + policy.label() + ")",
                                _ -> "this question",
                                use.path())
                        .ifPresent(issues::add);
            }
            return List.of(answers);
        }

        private boolean isAlone(int v) {
            return policy.formulation().equals(Formulation.POPULATION)
                    || estimate.blends().get(v).seats().size() < 2;
        }

        // one stakeholder's own game is the population's, whatever the formulation asks of several
        private void solveAlone(int[] of, Reply.Answer[] answers) {
            var use = policy.algorithm().use();
            var formulation =
                    stages.offers(use, Formulation.POPULATION) ? Formulation.POPULATION : policy.formulation();
            var games = games(PreferenceEstimate.ofSeats(List.of(ALONE), List.of(bucket(of, of.length, 1))), Map.of());
            var standings = new Solving(formulation, games);
            for (int n = 0; n < of.length; n++) {
                answers[of[n]] = standings.answer(of[n], n);
            }
        }

        private Reply.Answer solveTogether(int v) {
            var shares = estimate.blends().get(v).seats();
            var seats = List.copyOf(shares.keySet());
            var all = estimate.viewpoints();
            int[] rows = seats.stream()
                    .mapToInt(seat -> all.lastIndexOf(SEAT + seat))
                    .toArray();
            var games = games(PreferenceEstimate.ofSeats(seats, List.of(bucket(rows, 1, rows.length))), shares);
            return new Solving(policy.formulation(), games).answer(v, 0);
        }

        private PreferenceGames games(PreferenceEstimate of, Map<String, Double> shares) {
            return GameAssembly.games(of, asked.candidates(), shares, everything(), asked.features(), noBallots);
        }

        private GameAssembly.Playable everything() {
            return new GameAssembly.Playable() {
                @Override
                public boolean poses(int item) {
                    return true;
                }

                @Override
                public boolean test(int item, int candidate) {
                    return review.allowed(candidate);
                }
            };
        }

        private PreferenceBucket bucket(int[] of, int games, int stakeholders) {
            return PreferenceBucket.of(
                    Tensor.ofInts(new int[games], games),
                    rows(pairs.p(), of, games, stakeholders),
                    rows(pairs.deviation(), of, games, stakeholders),
                    rows(pairs.counts(), of, games, stakeholders));
        }

        private Tensor rows(Tensor all, int[] of, int games, int stakeholders) {
            var byViewpoint = all.reshape(all.dimension(1), k, k);
            var chosen = of.length == all.dimension(1) ? byViewpoint : GameSelection.HEAP.gather(byViewpoint, of);
            return chosen.reshape(games, stakeholders, k, k);
        }

        /// Solved games and their certificates.
        private final class Solving {

            private final String formulation;
            private final CertifiedSolution certified;

            Solving(String formulation, PreferenceGames games) {
                this.formulation = formulation;
                var use = policy.algorithm().use();
                var sealed = SealedGames.of(games);
                var solution = stages.align(use, new AlignmentRequest(games, formulation, OptionalDouble.empty()));
                if (solution.policy().isPresent()) {
                    throw new AlignmentException(
                            UNSUPPORTED,
                            "algorithm '" + use.plugin()
                                    + "' fits a policy to the candidates it is given, and a request"
                                    + " fits nothing; choose another policy of the file, of "
                                    + plan.solving().policies().stream()
                                            .map(PolicyUse::label)
                                            .toList());
                }
                certified = Certification.certify(sealed, formulation, use.plugin(), solution, held::add);
            }

            Reply.Answer answer(int v, int n) {
                var standing = Standing.of(certified, n);
                var none = Collections.nCopies(k, 0.0);
                return Games.this.answer(
                        v,
                        formulation,
                        standing,
                        standing.published()
                                ? Arrays.stream(certified.solution().solution(n).policy())
                                        .boxed()
                                        .toList()
                                : none);
            }
        }

        private Reply.Answer answer(int v, String formulation, Standing standing, List<Double> probabilities) {
            var blend = estimate.blends().get(v);
            return new Reply.Answer(blend.viewpoint(), blend, compared(v), formulation, standing, probabilities);
        }

        // of a person as the profiler tells it; of seats as the data say
        private double compared(int v) {
            var seats = estimate.blends().get(v).seats().keySet();
            double compared = 0;
            if (persons.get(v)) {
                for (int i = 0; i < k; i++) {
                    for (int j = i + 1; j < k; j++) {
                        compared += pairs.counts().at(0, v, i, j);
                    }
                }
                return compared;
            }
            for (var seat : seats) {
                compared += asked.ofData()
                        ? learned.comparisons()
                                .of(asked.item(), learned.fit().seating().ids().indexOf(seat))
                        : 0;
            }
            return compared;
        }
    }

    private static List<Reply.Candidate> candidates(AskedItems.Asked asked, CandidateReview.Review review) {
        var candidates = asked.candidates();
        return IntStream.range(0, candidates.ids().size())
                .mapToObj(i -> new Reply.Candidate(
                        candidates.ids().get(i), candidates.texts().get(i), review.allowed(i)))
                .toList();
    }

    private List<Reply.Refusal> refusals(AskedItems.Asked asked, CandidateReview.Review review) {
        var refusals = new ArrayList<Reply.Refusal>();
        for (int i = 0; i < review.mask().size(); i++) {
            for (var rule : review.mask().objections(i)) {
                refusals.add(refusal(asked, i, rule, review));
            }
        }
        return refusals;
    }

    private Reply.Refusal refusal(AskedItems.Asked asked, int i, String rule, CandidateReview.Review review) {
        var candidates = asked.candidates();
        var id = candidates.ids().get(i);
        for (var norm : review.norms()) {
            for (var known : norm.rules()) {
                if (norm.objection(known).equals(rule)) {
                    return new Reply.Refusal(id, rule, false, known.reason(), known.source());
                }
            }
        }
        boolean failed =
                plan.solving().norms().stream().anyMatch(norm -> norm.path().equals(rule));
        if (failed) {
            return new Reply.Refusal(
                    id, rule, false, "this norm could not be asked, so it allows nothing", "the engine");
        }
        var decision = constraints.check(
                candidates.texts().get(i), candidates.declaredUnsafe().getByte(i) != 0);
        var reason = decision instanceof Refuse refuse && refuse.ruleId().equals(rule)
                ? refuse.reason()
                : "a universal constraint objects";
        return new Reply.Refusal(
                id,
                rule,
                true,
                reason,
                String.join(
                        ", ",
                        review.constraints().stream()
                                .map(set -> set.name() + " " + set.version())
                                .toList()));
    }

    // candidates of probability 0 are never drawn, the last that is left takes what rounding leaves
    private static Optional<Reply.Pick> pick(AskedItems.Asked asked, List<Reply.Answer> answers, long seed) {
        if (answers.isEmpty() || !answers.getFirst().standing().published()) {
            return Optional.empty();
        }
        var probabilities = answers.getFirst().probabilities();
        double left = KeyedRandom.of(seed, "pick", 0).nextDouble();
        int drawn = -1;
        for (int i = 0; i < probabilities.size() && left >= 0; i++) {
            if (probabilities.get(i) > 0) {
                drawn = i;
                left -= probabilities.get(i);
            }
        }
        return drawn < 0
                ? Optional.empty()
                : Optional.of(new Reply.Pick(asked.candidates().ids().get(drawn), probabilities.get(drawn)));
    }
}
