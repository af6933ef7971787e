package org.polyphony.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.polyphony.engine.EngineOptions;
import org.polyphony.engine.Polyphony;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.export.ExportOptions;
import org.polyphony.engine.export.PairSelection;
import org.polyphony.engine.export.PairWeights;
import org.polyphony.engine.export.PreferenceExport;
import org.polyphony.engine.export.TrainerFormat;
import org.polyphony.engine.game.AnswerOutput;
import org.polyphony.engine.game.ExplicitGame;
import org.polyphony.engine.game.GameStream;
import org.polyphony.engine.game.SolveRequest;
import org.polyphony.engine.plan.StudyPlanReader;
import org.polyphony.engine.plan.StudyRequest;
import org.polyphony.engine.plugin.TestBundle;
import org.polyphony.engine.result.ResultFolder;
import org.polyphony.engine.sample.rogue.Cheat;
import org.polyphony.engine.trajectory.TrajectoryPlan;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.ErrorCode.Fault;
import org.polyphony.spi.error.Issue;

/// Plugins that break their contract, each in a way of its own: nothing of it is published anywhere, every
/// one is told, and what the others found is kept.
class RoguePluginsTest {

    private static final List<String> FORMULATIONS = List.of(
            Formulation.POPULATION,
            Formulation.STAKEHOLDER,
            Formulation.CONSENSUS,
            Formulation.BARGAINING,
            Formulation.MAXMIN,
            Formulation.LEXIMIN,
            Formulation.GROUP_ROBUST,
            "rogue-rule");

    /// What is told where there is a profile, or where there are duals, only.
    private static final Set<Cheat> OF_PROFILES = EnumSet.of(
            Cheat.MASK_IGNORED_BY_A_PROFILE,
            Cheat.NAN_IN_A_PROFILE,
            Cheat.PROFILE_OF_ANOTHER_SHAPE,
            Cheat.PROFILE_MISSING);

    private static final Set<Cheat> OF_DUALS = EnumSet.of(Cheat.DUALS_MISSING, Cheat.DUALS_NAN, Cheat.DUALS_NEGATIVE);

    /// What may come too late to be seen, and then has done nothing.
    private static final Set<Cheat> TOO_LATE = EnumSet.of(Cheat.NONE, Cheat.ANSWER_REWRITTEN_LATER);

    /// What is wrong with the claim, not with the policy: without a claim there is nothing to tell.
    private static final Set<Cheat> LIES = EnumSet.of(
            Cheat.CONVERGENCE_CLAIMED_FOR_THE_WORST, Cheat.WEIGHTS_REWRITTEN, Cheat.PREFERENCES_REWRITTEN_LATER);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void bundles() throws Exception {
        var plugins = Files.createDirectories(folder.resolve("plugins"));
        TestBundle.of("rogue").write(plugins);
        TestBundle.of("parametric").write(plugins);
    }

    @Test
    void solve_algorithmCannotBeStarted_saysWhy() throws Exception {
        TestBundle.of("rogue").header("Import-Package", "com.example.nobody,*").write(folder.resolve("plugins"));
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(folder.resolve("plugins"))))) {
            var request = new SolveRequest(Formulation.POPULATION, "rogue", OptionalDouble.empty(), 1);
            assertThatThrownBy(() -> solve(polyphony, request))
                    .isInstanceOf(AlignmentException.class)
                    .hasMessageContaining("cannot be started")
                    .hasMessageContaining("com.example.nobody");
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty("rogue.cheat");
    }

    @Test
    void study_everyCheatUnderEveryFormulation_publishesNothingOfIt() throws Exception {
        var cheats = EnumSet.allOf(Cheat.class);
        cheats.remove(Cheat.BLAMES_ITS_CALLER_IN_GOLDEN_CALLS);
        run(study("rogue", cheats, FORMULATIONS, ""), (polyphony, outcome) -> {
            for (var solution : outcome.answers().solutions()) {
                assertPublishedRight(outcome, solution);
            }
            for (var formulation : FORMULATIONS) {
                assertThat(counted(outcome, formulation, Standing.REJECTED) == 0
                                || !List.of(Formulation.POPULATION, Formulation.STAKEHOLDER, "rogue-rule")
                                        .contains(formulation))
                        .as("honest %s", formulation)
                        .isTrue();
            }
            assertThat(counted(outcome, Formulation.POPULATION, Standing.CERTIFIED))
                    .isEqualTo(6);
            assertThat(counted(outcome, Formulation.STAKEHOLDER, Standing.CERTIFIED))
                    .isEqualTo(6);
            assertThat(counted(outcome, "rogue-rule", Standing.VALID)).isEqualTo(6);
            for (var cheat : cheats) {
                assertTold(outcome, cheat, cheats);
                for (var formulation : FORMULATIONS) {
                    assertHeldBack(outcome, cheat, formulation);
                }
            }
            assertThat(outcome.evaluation().metrics())
                    .filteredOn(metric -> !metric.name().equals("watched.rows"))
                    .hasSize(2)
                    .allMatch(metric -> metric.value() == 0);
            assertWritten(polyphony, outcome);
            assertExported(outcome);
        });
    }

    @Test
    void study_everyScorerThatCheats_publishesNothingOfIt() throws Exception {
        var cheats = EnumSet.range(Cheat.NONE, Cheat.INTEGERS_FOR_DOUBLES);
        cheats.addAll(Set.of(Cheat.THROWS, Cheat.ANSWERS_NULL, Cheat.ANSWER_REWRITTEN_LATER));
        cheats.removeAll(Set.of(Cheat.MASK_IGNORED_BY_A_PROFILE, Cheat.NAN_IN_A_PROFILE));
        var unseen = "encoders: [{plugin: length}]\nunseen: {leave-out: half}\nsplit: {training: half}\n";
        run(study("rogue-fit", cheats, List.of(Formulation.POPULATION), unseen), (polyphony, outcome) -> {
            for (var solution : outcome.answers().solutions()) {
                assertPublishedRight(outcome, solution);
                if (solution.leftOut().isPresent()) {
                    assertThat(Standing.CERTIFIED.count(solution)).isZero();
                }
            }
            assertThat(Standing.VALID.count(solution(outcome, "population unseen")))
                    .isEqualTo(6);
            for (var cheat : cheats) {
                if (!TOO_LATE.contains(cheat)) {
                    assertTold(outcome, cheat, cheats);
                    outcome.answers().solutions().stream()
                            .filter(solution -> solution.label().equals("population (" + cheat + ") unseen"))
                            .forEach(solution -> assertThat(Standing.VALID.count(solution))
                                    .as(cheat.name())
                                    .isLessThanOrEqualTo(2));
                }
            }
            assertWritten(polyphony, outcome);
        });
    }

    @Test
    void study_onePluginThatThrows_leavesWhatWasThere() {
        assertThatThrownBy(() -> run(
                        study("rogue", EnumSet.of(Cheat.THROWS), FORMULATIONS, "")
                                .replace("  - {plugin: rogue, name: honest", "#"),
                        (_, _) -> {}))
                .isInstanceOf(AlignmentException.class)
                .satisfies(
                        e -> assertThat(((AlignmentException) e).code().fault()).isEqualTo(Fault.PLUGIN));
    }

    @Test
    void study_blameInGoldenCalls_doesNotPass() {
        assertThatThrownBy(() -> run(
                        study("rogue", EnumSet.of(Cheat.BLAMES_ITS_CALLER_IN_GOLDEN_CALLS), FORMULATIONS, ""),
                        (_, _) -> {}))
                .hasMessageContaining("it is your fault");
    }

    @Test
    void solve_everyCheat_publishesNothingOfIt() throws Exception {
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(folder.resolve("plugins"))))) {
            for (var cheat : Cheat.values()) {
                System.setProperty("rogue.cheat", cheat.name());
                for (var formulation : List.of(Formulation.POPULATION, Formulation.STAKEHOLDER, Formulation.MAXMIN)) {
                    var request = new SolveRequest(formulation, "rogue", OptionalDouble.empty(), 1);
                    if (cheat == Cheat.BLAMES_ITS_CALLER_IN_GOLDEN_CALLS) {
                        assertThatThrownBy(() -> solve(polyphony, request)).hasMessageContaining("it is your fault");
                        continue;
                    }
                    var outcome = solve(polyphony, request);
                    var answers = answers();
                    var what = cheat + " " + formulation;
                    assertThat(answers).hasSize(4);
                    for (var answer : answers) {
                        assertAnswer(what, answer);
                    }
                    assertThat(answers.get(3).has("policy")).as(what).isFalse();
                    boolean told = outcome.issues().stream().anyMatch(RoguePluginsTest::counts);
                    if (loud(cheat, formulation)) {
                        assertThat(told).as(what).isTrue();
                    }
                    if (cheat == Cheat.NONE && !formulation.equals(Formulation.MAXMIN)) {
                        assertThat(told).as(what).isFalse();
                        assertThat(standing(answers.get(0))).isEqualTo(Standing.CERTIFIED);
                    }
                }
            }
        }
    }

    @Test
    void sweepAndRuns_someCheats_publishNothingOfIt() throws Exception {
        var runs = Files.writeString(folder.resolve("runs.yaml"), """
                runs:
                  - {label: honest, algorithm: {plugin: rogue, settings: {cheat: NONE}}}
                  - {label: rogue, algorithm: {plugin: rogue}}
                """);
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(folder.resolve("plugins"))))) {
            var game = game(4, 0.5, 1);
            for (var cheat : List.of(
                    Cheat.MASK_IGNORED,
                    Cheat.MASK_IGNORED_WITH_1E_300,
                    Cheat.NAN,
                    Cheat.HALF_THE_MASS,
                    Cheat.CONVERGENCE_CLAIMED_FOR_THE_WORST,
                    Cheat.REFUSES_EVERYTHING)) {
                System.setProperty("rogue.cheat", cheat.name());
                var sweep = polyphony.sweep(
                        game, 2, new SolveRequest(Formulation.POPULATION, "rogue", OptionalDouble.empty(), 1));
                assertThat(sweep.points()).as(cheat.name()).isEmpty();
                assertThat(sweep.issues()).as(cheat.name()).anyMatch(RoguePluginsTest::counts);
                var watched = polyphony.watch(TrajectoryPlan.read(runs).plan(), List.of(game), 1);
                assertThat(watched.games().getFirst().paths().get(1))
                        .as(cheat.name())
                        .isEmpty();
                assertThat(watched.games().getFirst().paths().get(0)).isNotEmpty();
                assertThat(watched.issues()).as(cheat.name()).anyMatch(RoguePluginsTest::counts);
            }
        }
    }

    // ---- what must hold ----

    private static boolean counts(Issue issue) {
        return issue.code().equals(HeldBack.BROKEN) || issue.code().equals(HeldBack.REJECTED);
    }

    private static boolean loud(Cheat cheat, String formulation) {
        if (OF_PROFILES.contains(cheat)) {
            return formulation.equals(Formulation.STAKEHOLDER);
        }
        if (OF_DUALS.contains(cheat)) {
            return !List.of(Formulation.POPULATION, Formulation.STAKEHOLDER, "rogue-rule", Formulation.CONSENSUS)
                    .contains(formulation);
        }
        return !TOO_LATE.contains(cheat) && !(LIES.contains(cheat) && formulation.equals("rogue-rule"));
    }

    private static void assertTold(StudyOutcome outcome, Cheat cheat, Set<Cheat> cheats) {
        if (!TOO_LATE.contains(cheat)) {
            int index = 1 + List.copyOf(cheats).indexOf(cheat);
            assertThat(outcome.issues())
                    .as(cheat.name())
                    .anyMatch(issue -> counts(issue) && issue.location().startsWith("algorithms[" + index + "]"));
        }
    }

    /// Items of four candidates, where the cheating is done, have no policy, or the policy was left out.
    private static void assertHeldBack(StudyOutcome outcome, Cheat cheat, String formulation) {
        if (!loud(cheat, formulation) || cheat == Cheat.REFUSES_NOTHING) {
            return;
        }
        for (var solution : outcome.answers().solutions()) {
            if (solution.label().equals(formulation + " (" + cheat + ")")) {
                for (int n = 0;
                        n < outcome.answers().solved().orElseThrow().games().count();
                        n++) {
                    assertThat(outcome.answers()
                                                    .solved()
                                                    .orElseThrow()
                                                    .games()
                                                    .game(n)
                                                    .candidates()
                                            == 4
                                    && Standing.of(solution, n).published())
                            .as("%s, game %d", solution.label(), n)
                            .isFalse();
                }
            }
        }
    }

    /// A published policy is one over allowed candidates; a certified one plays who beats all others.
    private static void assertPublishedRight(StudyOutcome outcome, CertifiedSolution solution) {
        for (int n = 0; n < outcome.answers().solved().orElseThrow().games().count(); n++) {
            var game = outcome.answers().solved().orElseThrow().games().game(n);
            var answer = solution.solution().solution(n);
            var standing = Standing.of(solution, n);
            var policy = answer.policy();
            double sum = 0;
            int first = -1;
            for (int i = 0; i < game.candidates(); i++) {
                boolean allowed = game.allowed(i);
                first = first < 0 && allowed ? i : first;
                assertThat(answer.logPolicy().getDouble(i))
                        .as("%s, game %d, candidate %d", solution.label(), n, i)
                        .matches(log -> log <= 1e-12 && (allowed || log == Double.NEGATIVE_INFINITY));
                sum += policy[i];
            }
            assertThat(sum).isBetween(standing.published() ? 1 - 1e-11 : 0, standing.published() ? 1 + 1e-11 : 0);
            if (standing == Standing.CERTIFIED) {
                assertThat(policy[first]).as("%s, game %d", solution.label(), n).isGreaterThan(1 - 1e-5);
            }
        }
    }

    private void assertWritten(Polyphony polyphony, StudyOutcome outcome) throws Exception {
        var out = folder.resolve("out");
        polyphony.write(ResultFolder.open(out), outcome, "again");
        var text = Files.readString(out.resolve("report.json"));
        var report = new ObjectMapper().readTree(text);
        for (var item : report.path("items")) {
            var candidates = item.path("candidates");
            for (var formulation : item.path("formulations")) {
                var rows = new ArrayList<JsonNode>();
                if (formulation.has("policy")) {
                    rows.add(formulation.path("policy"));
                    formulation.path("profile").forEach(rows::add);
                } else {
                    assertThat(formulation.path("refused").booleanValue()).isTrue();
                }
                for (var row : rows) {
                    for (int i = 0; i < candidates.size(); i++) {
                        if (!candidates.get(i).path("allowed").booleanValue()) {
                            assertThat(row.get(i).doubleValue()).isZero();
                        }
                    }
                }
            }
        }
    }

    private void assertExported(StudyOutcome outcome) throws Exception {
        int written = 0;
        for (var solution : outcome.answers().solutions()) {
            var one = new StudyOutcome(
                    outcome.plan(),
                    outcome.data(),
                    outcome.people(),
                    new StudyOutcome.Answers(
                            outcome.answers().review(),
                            outcome.answers()
                                    .solved()
                                    .map(solved -> new StudyOutcome.Solved(
                                            solved.estimate(), solved.games(), solved.uniform(), List.of(solution)))),
                    outcome.evaluation(),
                    outcome.setup(),
                    outcome.issues());
            var options = new ExportOptions(
                    TrainerFormat.TRL,
                    solution.formulation(),
                    PairSelection.ALL,
                    PairWeights.UNIFORM,
                    OptionalDouble.empty());
            var out = folder.resolve("export-" + written);
            try {
                PreferenceExport.write(one, options, ResultFolder.open(out), "again");
            } catch (AlignmentException e) {
                assertThat(e.code().fault()).isEqualTo(Fault.USER);
                continue;
            }
            written++;
            var pairs = Files.readString(out.resolve(TrainerFormat.TRL.dataFile()));
            assertThat(pairs)
                    .doesNotContain("four-a-1")
                    .doesNotContain("four-b-1")
                    .doesNotContain("four-c-1")
                    .doesNotContain("four-d-1")
                    .doesNotContain("none-")
                    .doesNotContain("NaN");
        }
        assertThat(written).isPositive();
    }

    private static void assertAnswer(String what, JsonNode answer) {
        if (!answer.has("policy")) {
            assertThat(answer.path("error").asText()).as(what).isNotEmpty();
            return;
        }
        assertThat(standing(answer).published()).as(what).isTrue();
        double[] policy = numbers(answer.path("policy"));
        if (policy.length == 4) {
            assertThat(policy[1]).as(what).isZero();
            for (var row : answer.path("profile")) {
                assertThat(row.path(1).doubleValue()).as(what).isZero();
            }
        }
        assertThat(numbers(answer.path("deployed"))).as(what).containsExactly(policy);
        assertThat(Arrays.stream(policy).sum()).as(what).isBetween(1 - 1e-11, 1 + 1e-11);
        if (standing(answer) == Standing.CERTIFIED) {
            assertThat(policy[0]).as(what).isGreaterThan(1 - 1e-5);
        }
    }

    private static Standing standing(JsonNode answer) {
        return Standing.valueOf(answer.path("standing").asText());
    }

    private static double[] numbers(JsonNode list) {
        var numbers = new double[list.size()];
        Arrays.setAll(numbers, i -> list.get(i).doubleValue());
        return numbers;
    }

    // ---- what is run ----

    private static String study(String plugin, Set<Cheat> cheats, List<String> formulations, String more) {
        var asked = String.join(", ", formulations);
        return "study: rogues\nsource: {plugin: refused}\nseats: {attribute: side}\nprofiler: {plugin: ranked}\n"
                + "evaluators: [{plugin: watcher}]\n" + more + "algorithms:\n"
                + "  - {plugin: " + plugin + ", name: honest, formulations: [" + asked + "], settings: {cheat: NONE}}\n"
                + cheats.stream()
                        .map(cheat -> "  - {plugin: " + plugin + ", name: " + cheat + ", formulations: [" + asked
                                + "], settings: {cheat: " + cheat + "}}\n")
                        .collect(Collectors.joining());
    }

    /// Solves four games of which the last has no candidate that may be played.
    private GameStream.Outcome solve(Polyphony polyphony, SolveRequest request) throws IOException {
        var games = List.of(game(4, 0.5, 1), game(4, 0.5, 1), game(3, 0.7, -1), game(4, 0.5, 0, 1, 2, 3)).stream()
                .map(game -> Map.of("P", game.p(), "weights", game.weights(), "unsafe", unsafe(game)))
                .toList();
        var file = folder.resolve("games.json");
        Files.writeString(file, new ObjectMapper().writeValueAsString(Map.of("games", games)));
        return polyphony.solve(file, request, AnswerOutput.to(folder.resolve("answers.json")));
    }

    private static List<Boolean> unsafe(ExplicitGame game) {
        return IntStream.range(0, game.candidates())
                .mapToObj(i -> !game.allowed()[i])
                .toList();
    }

    private List<JsonNode> answers() throws IOException {
        var answers = new ArrayList<JsonNode>();
        new ObjectMapper()
                .readTree(folder.resolve("answers.json").toFile())
                .path("results")
                .forEach(answers::add);
        return answers;
    }

    private static ExplicitGame game(int k, double weight, int... unsafe) {
        var p = new double[2][k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                p[0][i][j] = 0.5 + 0.1 * (j - i);
                p[1][i][j] = 0.5 + 0.05 * (j - i);
            }
        }
        var flags = new boolean[k];
        Arrays.stream(unsafe).filter(i -> i >= 0).forEach(i -> flags[i] = true);
        return ExplicitGame.of(p, new double[] {weight, 1 - weight}, new double[0], flags);
    }

    private static int counted(StudyOutcome outcome, String label, Standing standing) {
        return standing.count(solution(outcome, label));
    }

    private static CertifiedSolution solution(StudyOutcome outcome, String label) {
        return outcome.answers().solutions().stream()
                .filter(solution -> solution.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " among "
                        + outcome.answers().solutions().stream()
                                .map(CertifiedSolution::label)
                                .toList() + "; "
                        + outcome.issues()));
    }

    @FunctionalInterface
    private interface Check {
        void check(Polyphony polyphony, StudyOutcome outcome) throws Exception;
    }

    private void run(String text, Check then) throws Exception {
        var file = Files.writeString(folder.resolve("study.yaml"), text);
        var read = StudyPlanReader.read(file, List.of());
        assertThat(read.issues()).isEmpty();
        try (var polyphony = Polyphony.start(EngineOptions.of(List.of(folder.resolve("plugins"))));
                var prepared = polyphony.prepare(StudyRequest.of(read.plan(), file, null), RunListener.silent())) {
            assertThat(prepared.issues()).isEmpty();
            then.check(polyphony, prepared.run().execute());
        }
    }
}
