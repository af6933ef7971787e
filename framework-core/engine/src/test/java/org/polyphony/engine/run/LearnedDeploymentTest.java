package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.deploy.Deployment;
import org.polyphony.engine.deploy.Receipt;
import org.polyphony.engine.deploy.Reply;
import org.polyphony.engine.deploy.ReplyDocument;
import org.polyphony.engine.deploy.Request;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;

/// A deployment that learned from six items of two sides, over the bus.
@TestInstance(Lifecycle.PER_CLASS)
class LearnedDeploymentTest {

    /// More of them: `-Dask.requests=100000 -Dask.masks=10000`.
    private static final int REQUESTS = Integer.getInteger("ask.requests", 2_000);

    private static final int MASKS = Integer.getInteger("ask.masks", 500);

    private static final String FILE = """
            study: asked
            source: {plugin: texts}
            seats: {attribute: side}
            profiler: {plugin: sided}
            encoders: [{plugin: length}]
            algorithm: {plugin: margin, formulations: [population]}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> THREE = List.of("y", "yyyy", "yy");

    private Path folder = Path.of("");
    private Deployment deployment = unset();
    private LearnedDeployment asked = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before any test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path made) throws Exception {
        folder = made;
        var plugins = Files.createDirectories(folder.resolve("plugins"));
        TestBundle.of("parametric").write(plugins);
        TestBundle.of("asked").withTestKit().write(plugins);
        deployment = Deployment.of(PluginRegistry.scan(List.of(plugins)), Duration.ofSeconds(30), 1 << 26, false);
        asked = learn(FILE);
    }

    @AfterAll
    void stop() {
        asked.close();
        deployment.close();
    }

    private LearnedDeployment learn(String file) throws Exception {
        var study = Files.writeString(Files.createTempFile(folder, "study", ".yaml"), file);
        var read = StudyPlanReader.read(study, List.of());
        assertThat(read.issues()).isEmpty();
        var request = StudyRequest.of(read.plan(), study, null);
        try (var prepared = StudyPreparation.of(deployment).deploy(request, RunListener.silent())) {
            return prepared.learn();
        }
    }

    private static Reply.Answer first(Reply reply) {
        return reply.answers().getFirst();
    }

    @Test
    void answer_itemOfTheData_hasItsCandidatesAndWhatStandsBehindThem() {
        var reply = asked.answer(Request.of("a1").withClaims(Map.of("side", "left")));

        assertThat(reply.item()).contains("a1");
        assertThat(reply.candidates()).extracting(Reply.Candidate::text).containsExactly("x", "xx");
        assertThat(first(reply).blend().seats()).containsExactly(Map.entry("left", 1.0));
        assertThat(first(reply).blend().people()).isEqualTo(10);
        assertThat(first(reply).blend().judgments()).isEqualTo(60);
        assertThat(first(reply).compared()).isEqualTo(10);
        assertThat(first(reply).standing()).isEqualTo(Standing.VALID);
        assertThat(reply.receipt().generations())
                .extracting(Reply.Generation::slot)
                .containsExactly("source", "profiler", "encoders[0]", "algorithm");
        assertThat(reply.issues()).isEmpty();
    }

    @Test
    void answer_newCandidates_areComparedFromEveryViewpoint() {
        var reply = asked.answer(Request.of("new?")
                .withCandidates(THREE)
                .withClaims(Map.of("side", "left"))
                .also(List.of(Viewpoint.ofSeat("left"), Viewpoint.ofSeat("right"))));

        assertThat(reply.item()).isEmpty();
        assertThat(reply.answers()).extracting(Reply.Answer::viewpoint).containsExactly("asker", "left", "right");
        assertThat(first(reply).probabilities())
                .isEqualTo(reply.answers().get(1).probabilities());
        // exp(P(y, first)), P = 1/2 ± 2/100: the left prefers what is longer
        double longer = Math.exp(0.52);
        double equal = Math.exp(0.50);
        assertThat(first(reply).probabilities().get(1)).isCloseTo(longer / (2 * longer + equal), within(1e-12));
        assertThat(reply.answers().get(2).probabilities().get(1))
                .isCloseTo(Math.exp(0.48) / (2 * Math.exp(0.48) + equal), within(1e-12));
    }

    @Test
    void answer_nothingClaimed_isTheBlendOfAllByTheirPeople() {
        assertThat(first(asked.answer(Request.of("a1"))).blend().seats())
                .containsExactly(Map.entry("left", 0.5), Map.entry("right", 0.5));
    }

    @Test
    void answer_manyAtOnce_openOnceAndLeaveNothing() throws Exception {
        long before = deployment.memory().allocated();
        var request = Request.of("new?").withCandidates(THREE).withClaims(Map.of("side", "left"));
        var expected = asked.answer(request);
        int threads = 8;
        int each = REQUESTS / threads;
        Callable<Integer> asking = () -> {
            int alike = 0;
            for (int i = 0; i < each; i++) {
                alike += asked.answer(request).equals(expected) ? 1 : 0;
            }
            return alike;
        };
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var alike : pool.invokeAll(Collections.nCopies(threads, asking))) {
                assertThat(alike.get()).isEqualTo(each);
            }
        }
        // P tells how often profiles were opened: by the golden call, and once for all requests
        assertThat(first(expected).probabilities().get(1))
                .isCloseTo(Math.exp(0.52) / (2 * Math.exp(0.52) + Math.exp(0.5)), within(1e-12));
        assertThat(deployment.memory().allocated()).isEqualTo(before);
    }

    @Test
    void answer_isCountedForThePluginsThatTookPart() throws Exception {
        try (var own = learn(FILE)) {
            own.answer(Request.of("new?").withCandidates(THREE));
            own.answer(Request.of("new?").withCandidates(THREE));

            assertThat(own.assembly().names()).contains("profiler", "algorithm");
            assertThat(own.assembly().names())
                    .allMatch(slot -> own.assembly().meter(slot).mean("refused:everyone") == 0);
            assertThat(own.assembly().meter("algorithm").calls()).isPositive();
        }
    }

    @Test
    void answer_isMeasuredForTheSeatsThatSpeak() throws Exception {
        try (var own = learn(FILE)) {
            var meter = own.assembly().meter("algorithm");
            var request = Request.of("new?").withCandidates(THREE);
            own.answer(request.withClaims(Map.of("side", "left")));
            own.answer(request.withClaims(Map.of("side", "left")).withMinSupport(1e6));
            assertThat(meter.mean("refused:left")).isEqualTo(.5);
            assertThat(meter.mean("withheld:left")).isZero();
            assertThat(meter.metrics())
                    .containsExactly("refused:everyone", "refused:left", "withheld:everyone", "withheld:left");

            var reply = own.answer(request.also(List.of(Viewpoint.ofSeat("left"), Viewpoint.ofSeat("right"))));

            assertThat(meter.mean("refused:left")).isEqualTo(1 / 3.);
            assertThat(meter.mean("refused:right")).isZero();
            for (int seat = 1; seat <= 2; seat++) {
                double apart = 0;
                for (int i = 0; i < THREE.size(); i++) {
                    apart += Math.abs(first(reply).probabilities().get(i)
                            - reply.answers().get(seat).probabilities().get(i));
                }
                assertThat(apart).isPositive();
                assertThat(meter.mean("shared:" + reply.answers().get(seat).viewpoint()))
                        .isCloseTo(1 - apart / 2, within(1e-12));
            }
        }
    }

    private Reply verb(String json) throws Exception {
        var answered = new AskVerb(asked).answer((ObjectNode) JSON.readTree(json), _ -> {});
        assertThat(answered.path("study").asText()).isEqualTo("asked");
        // as it comes over a socket
        return ReplyDocument.read(JSON.readTree(answered.toString()).path("reply"));
    }

    @Test
    void verb_askedOverASocket_isTheSameReplyAndStillAttested() throws Exception {
        var seats = List.of(Viewpoint.ofSeat("left"), Viewpoint.ofSeat("right"));
        var request = Request.of("new?")
                .withCandidates(THREE)
                .withClaims(Map.of("side", "left"))
                .withSeed(7)
                .withMinSupport(1)
                .withPolicy(asked.policies().getFirst())
                .also(seats);
        var reply = verb(JSON.createObjectNode()
                .put("verb", "ask")
                .put("question", "new?")
                .put("seed", 7)
                .put("minSupport", 1)
                .put("policy", asked.policies().getFirst())
                .putNull("person")
                .setAll(Map.of(
                        "candidates", JSON.valueToTree(THREE), "claims", JSON.valueToTree(Map.of("side", "left"))))
                .toString());

        assertThat(reply).isEqualTo(asked.answer(request));
        assertThat(Receipt.attests(request, reply)).isTrue();
        assertThat(verb("{\"question\": \"a1\", \"minSupport\": 1e6}").issues())
                .extracting(Issue::code)
                .containsExactly("SUPPORT_TOO_SMALL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'candidates': []}                       | needs 'question'",
                "{'question': 1}                          | 'question' is a text, got 1",
                "{'question': 'a1', 'claim': {}}          | not 'claim'",
                "{'question': 'a1', 'candidates': 'x'}    | 'candidates' is a list of texts",
                "{'question': 'a1', 'candidates': [1]}    | 'candidates' is a list of texts, got 1",
                "{'question': 'a1', 'claims': ['x']}      | 'claims' names texts",
                "{'question': 'a1', 'claims': {'x': 1}}   | 'claims' names texts; 'x' is 1",
                "{'question': 'a1', 'values': {'x': 'y'}} | 'values' names numbers",
                "{'question': 'a1', 'seed': 1.5}          | 'seed' is an integer",
                "{'question': 'a1', 'seed': 1e30}         | 'seed' is an integer",
                "{'question': 'a1', 'minSupport': -1}     | 'minSupport' is a number from 0",
                "{'question': 'a1', 'person': {}}         | 'person' is a text",
            })
    void verb_otherObjects_areRefused(String json, String why) {
        assertThatThrownBy(() -> verb(json.replace('\'', '"')))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void answer_otherSeeds_pickAsOftenAsThePolicySays() {
        var request = Request.of("new?").withCandidates(THREE);
        var counts = new HashMap<String, Integer>();
        int draws = 3_000;
        for (int seed = 0; seed < draws; seed++) {
            counts.merge(
                    asked.answer(request.withSeed(seed)).pick().orElseThrow().candidate(), 1, Integer::sum);
        }
        var probabilities = first(asked.answer(request)).probabilities();
        // five standard deviations
        IntStream.range(0, 3)
                .forEach(i -> assertThat(counts.getOrDefault(String.valueOf(i + 1), 0) / (double) draws)
                        .isCloseTo(
                                probabilities.get(i),
                                within(5 * Math.sqrt(probabilities.get(i) * (1 - probabilities.get(i)) / draws))));
    }

    @Test
    void receipt_ofAnotherRequestOrReply_isAnother() {
        var request = Request.of("new?").withCandidates(THREE).withSeed(7);
        var reply = asked.answer(request);
        assertThat(Receipt.attests(request, reply)).isTrue();
        assertThat(Receipt.attests(request, asked.answer(request))).isTrue();
        assertThat(Receipt.attests(request.withSeed(8), reply)).isFalse();
        assertThat(Receipt.attests(request.withClaims(Map.of("side", "left")), reply))
                .isFalse();
        var other = new Reply(
                reply.item(),
                reply.candidates(),
                reply.answers(),
                Optional.of(new Reply.Pick("2", 1)),
                reply.refusals(),
                reply.issues(),
                reply.receipt());
        assertThat(Receipt.attests(request, other)).isFalse();
        assertThat(reply.receipt().digest()).matches("[0-9a-f]{64}");
    }

    // what a person values, or whose preferences are asked for, moves no rule: only claims and texts do
    @Test
    void answer_sameClaimsAndCandidates_haveTheSameMaskWhateverProfileOrViewpoint() throws Exception {
        var file = FILE + "norms: [{plugin: by-claims}]\n";
        var profiles = new ArrayList<LearnedDeployment>();
        try {
            profiles.add(learn(file.replace("sided", "by-length")));
            for (int n = 0; n < 7; n++) {
                double strength = KeyedRandom.of(1, "profiles", n).nextDouble() * 0.4 - 0.2;
                profiles.add(learn(file.replace("sided", "sided, settings: {strength: " + strength + "}")));
            }
            int allowed = 0;
            int refused = 0;
            int others = 0;
            for (int n = 0; n < MASKS; n++) {
                var random = KeyedRandom.of(1, "masks", n);
                var claims =
                        Map.of("side", random.nextBoolean() ? "left" : "right", "word", "w" + random.nextInt(1_000));
                var texts = IntStream.range(0, 2 + random.nextInt(3))
                        .mapToObj(i -> "z".repeat(i + 1) + random.nextInt(1_000))
                        .toList();
                var request = Request.of("which?")
                        .withClaims(claims)
                        .withCandidates(texts)
                        .withSeed(n);
                int of = random.nextInt(8);
                var one = profiles.get(of).answer(request);
                var other = profiles.get((of + 1 + random.nextInt(7)) % 8).answer(asDrawn(request, random));
                assertThat(mask(other)).isEqualTo(mask(one));
                assertThat(other.refusals()).isEqualTo(one.refusals());
                allowed += (int) mask(one).stream().filter(may -> may).count();
                refused += (int) mask(one).stream().filter(may -> !may).count();
                others += one.answers().isEmpty()
                                || first(one)
                                        .probabilities()
                                        .equals(first(other).probabilities())
                        ? 0
                        : 1;
                for (var reply : List.of(one, other)) {
                    reply.pick()
                            .ifPresent(pick -> assertThat(reply.refusals())
                                    .extracting(Reply.Refusal::candidate)
                                    .doesNotContain(pick.candidate()));
                }
            }
            // a third is refused, and what may be given is divided otherwise
            assertThat(refused / (double) (allowed + refused)).isBetween(0.25, 0.42);
            assertThat(others).isGreaterThan(MASKS / 2);
        } finally {
            profiles.forEach(LearnedDeployment::close);
        }
    }

    private static Request asDrawn(Request request, RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> request.as(new Whose.Seats(Map.of("left", random.nextDouble(), "right", random.nextDouble())));
            case 1 -> request.as(new Whose.Claiming(Map.of("side", List.of("right"))));
            default -> request.also(List.of(Viewpoint.ofSeat("right")));
        };
    }

    private static List<Boolean> mask(Reply reply) {
        return reply.candidates().stream().map(Reply.Candidate::allowed).toList();
    }

    @Test
    void answer_refused_saysWhichRuleWhyAndWhose() throws Exception {
        try (var normed = learn(FILE + "norms: [{plugin: by-claims}]\n")) {
            var all = normed.answer(Request.of("a1").withClaims(Map.of("layer", "all")));
            assertThat(all.pick()).isEmpty();
            assertThat(all.answers()).isEmpty();
            assertThat(all.issues()).extracting(Issue::code).contains("ALL_REFUSED");
            assertThat(all.refusals()).hasSize(2).first().satisfies(refusal -> {
                assertThat(refusal.rule()).isEqualTo("norms[0]:thirds");
                assertThat(refusal.reason()).isEqualTo("a third is not for you");
                assertThat(refusal.source()).isEqualTo("the house");
                assertThat(refusal.universal()).isFalse();
            });

            var failed = normed.answer(Request.of("a1").withClaims(Map.of("layer", "fails")));
            assertThat(failed.pick()).isEmpty();
            assertThat(failed.issues()).extracting(Issue::code).contains("ALL_REFUSED", "NORM_FAILED");
            assertThat(failed.refusals()).extracting(Reply.Refusal::rule).containsOnly("norms[0]");
        }
        var universal = asked.answer(Request.of("new?")
                .withCandidates(List.of("how to kill a person: step by step instructions", "yes", "yes and no")));
        assertThat(universal.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.universal()).isTrue();
            assertThat(refusal.rule()).isEqualTo("S1.violent-crime");
            assertThat(refusal.reason()).contains("violence");
            assertThat(refusal.source()).contains("universal-constraints 1");
        });
        assertThat(first(universal).probabilities().getFirst()).isZero();
    }

    @Test
    void answer_oneCandidateLeft_isGivenAndNothingIsClaimedOfIt() {
        var reply = asked.answer(Request.of("new?").withCandidates(List.of("only")));
        assertThat(first(reply).formulation()).isEqualTo(Reply.NO_GAME);
        assertThat(first(reply).standing()).isEqualTo(Standing.VALID);
        assertThat(reply.pick()).contains(new Reply.Pick("1", 1));
    }

    @Test
    void answer_tooLittleSupport_isRefusedAndSaysSo() {
        var request = Request.of("a1").withClaims(Map.of("side", "left"));
        assertThat(asked.answer(request.withMinSupport(60)).pick()).isPresent();
        var refused = asked.answer(request.withMinSupport(61));
        assertThat(refused.pick()).isEmpty();
        assertThat(refused.answers()).isEmpty();
        assertThat(refused.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo("SUPPORT_TOO_SMALL");
            assertThat(issue.message()).startsWith("60 judgments of 10 people");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "side=lefft   | no level 'lefft' of 'side'; did you mean 'left'?; there are left, right",
                "sidee=left   | nobody has a seat by 'sidee'",
                "sidee=left   | did you mean 'side'?",
            })
    void answer_unknownClaim_isToldWithTheNearest(String claim, String message) {
        var parts = claim.split("=", 2);
        assertThatThrownBy(() -> asked.answer(Request.of("a1").withClaims(Map.of(parts[0], parts[1]))))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void answer_wrongQuestions_areTold() throws Exception {
        assertThatThrownBy(() -> asked.answer(Request.of("a")))
                .hasMessageContaining("2 items of the data ask that; say which by its id: a1, a2");
        assertThatThrownBy(() -> asked.answer(Request.of("a3")))
                .hasMessageContaining("none of the 6 of the data; did you mean 'a1'?");
        assertThatThrownBy(() -> asked.answer(Request.of("new?").withCandidates(List.of("y", "yy", "y"))))
                .hasMessageContaining("candidates 1 and 3 are the same text");
        assertThatThrownBy(() -> asked.answer(Request.of("new?").withCandidates(List.of("y", " "))))
                .hasMessageContaining("candidate 2 has no text");
        assertThatThrownBy(() -> asked.answer(Request.of("a1").withPolicy("populations")))
                .hasMessageContaining("did you mean 'population'?");
        assertThatThrownBy(() -> asked.answer(Request.of("a1")
                        .as(new Viewpoint("asker", new Whose.Claiming(Map.of()), Map.of("security", 5.0)))))
                .hasMessageContaining("counterfactual");
        try (var known = learn(FILE.replace("sided", "sided-known"))) {
            assertThatThrownBy(() -> known.answer(Request.of("new?").withCandidates(THREE)))
                    .hasMessageContaining("profiler 'sided-known' knows the candidates it was fitted to");
            assertThatThrownBy(() -> known.answer(Request.of("a1").withCandidates(List.of("x", "y"))))
                    .hasMessageContaining("nobody has judged candidate 2 of this question");
            assertThat(known.answer(Request.of("a1").withCandidates(List.of("xx", "x")))
                            .candidates())
                    .extracting(Reply.Candidate::id)
                    .containsExactly("0-0", "0-1");
        }
    }

    @Test
    void deploy_aFileThatOnlyMeasures_saysWhatIsMissing() throws Exception {
        var study = Files.writeString(folder.resolve("measure.yaml"), """
                study: measure
                source: {plugin: texts}
                evaluators: [{plugin: whole}]
                """);
        var request = StudyRequest.of(StudyPlanReader.read(study, List.of()).plan(), study, null);
        try (var prepared = StudyPreparation.of(deployment).deploy(request, RunListener.silent())) {
            assertThat(prepared.issues())
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.message()).contains("names no algorithm"));
            assertThatThrownBy(prepared::learn).hasMessageContaining("names no algorithm");
        }
    }
}
