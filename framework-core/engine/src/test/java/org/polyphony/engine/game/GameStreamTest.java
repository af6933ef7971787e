package org.polyphony.engine.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.io.ArrowFiles;
import org.polyphony.engine.io.ArrowGuard;
import org.polyphony.engine.io.ArrowLimits;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;

class GameStreamTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final TensorMemory memory = TensorMemory.withLimit(1 << 24);
    private final OwnerMemory owner = memory.owner("games test");

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.allocated()).isZero();
        owner.close();
        memory.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 64})
    void solve_batchesOfAnySize_giveTheSameAnswers(int batch) throws IOException {
        var games = games(200);
        var whole = solve(games, 1_000, GameStreamTest::byNumber, folder.resolve("whole.json"));
        var parts = solve(games, batch, GameStreamTest::byNumber, folder.resolve("parts.json"));
        assertThat(folder.resolve("parts.json")).hasSameBinaryContentAs(folder.resolve("whole.json"));
        assertThat(parts).isEqualTo(whole);
        var answers = answers("parts.json");
        assertThat(answers).hasSize(200);
        assertThat(whole.count()).isEqualTo(200);
        assertThat(whole.failed())
                .isEqualTo(count(answers, "P[0][0][0] is 2.0"))
                .isPositive();
        assertThat(whole.refused())
                .isEqualTo(count(answers, "no candidate may be played"))
                .isPositive();
    }

    @Test
    void solve_pluginFailsInOneBatch_withholdsTheGamesOfThatBatchOnly() throws IOException {
        var outcome = solve(plain(10), 4, failingAt(5), folder.resolve("answers.json"));
        var answers = answers("answers.json");
        assertThat(answers).hasSize(10);
        for (int g = 0; g < 10; g++) {
            assertThat(answers.get(g).has("policy")).as("game %d", g).isEqualTo(g < 4 || g > 7);
        }
        assertThat(answers.get(4).path("error").asText()).contains("it fell over");
        assertThat(outcome.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(HeldBack.BROKEN);
            assertThat(issue.message()).contains("game 4: it fell over (and 3 more)");
        });
    }

    @Test
    void solve_documentThatBreaksOff_leavesWhatWasThere() throws IOException {
        var out = Files.writeString(folder.resolve("answers.json"), "before");
        var games = Files.writeString(
                folder.resolve("games.json"),
                text(plain(20)).replaceAll("]}\\s*$", "").concat(",{\"P\":[[0.5"));
        assertThatThrownBy(() -> solve(games, 2, GameStreamTest::byNumber, out))
                .hasMessageContaining("is not valid JSON");
        assertThat(out).hasContent("before");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(out, games);
        }
    }

    @Test
    void solve_algorithmThatFailsInTheMiddle_leavesNoTableAndNoMemory() throws IOException {
        var out = folder.resolve("answers.arrow");
        var games = write(plain(40));
        assertThatThrownBy(() -> solve(
                        games,
                        2,
                        request -> {
                            if (request.games().game(0).item() == 20) {
                                throw new AlignmentException(StandardErrorCode.VALUE_INVALID, "not these games");
                            }
                            return byNumber(request);
                        },
                        out))
                .hasMessageContaining("not these games");
        assertThat(out).doesNotExist();
    }

    @Test
    void solve_documentThatBreaksOff_givesAReaderNothing() throws IOException {
        var reader = new ByteArrayOutputStream();
        var games =
                Files.writeString(folder.resolve("games.json"), text(plain(20)).replaceAll("]}\\s*$", ""));
        assertThatThrownBy(() -> solve(games, 2, GameStreamTest::byNumber, AnswerOutput.to(reader)))
                .isInstanceOf(AlignmentException.class);
        assertThat(reader.size()).isZero();
    }

    @Test
    void solve_algorithmRefusesTheInput_isToldBeforeAFaultFurtherDown() throws IOException {
        var games =
                Files.writeString(folder.resolve("games.json"), text(plain(20)).replaceAll("]}\\s*$", ""));
        assertThatThrownBy(() -> solve(
                        games,
                        2,
                        _ -> {
                            throw new AlignmentException(StandardErrorCode.VALUE_INVALID, "not these games");
                        },
                        AnswerOutput.to(folder.resolve("answers.json"))))
                .hasMessageContaining("not these games");
    }

    @Test
    void solve_moreThanIsKeptInMemory_reachesTheReaderWhole() throws IOException {
        var reader = new ByteArrayOutputStream();
        var games = write(plain(5_000));
        solve(games, 512, GameStreamTest::byNumber, AnswerOutput.to(reader));
        solve(games, 512, GameStreamTest::byNumber, folder.resolve("answers.json"));
        assertThat(reader.size()).isGreaterThan(1 << 20);
        assertThat(reader.toByteArray()).isEqualTo(Files.readAllBytes(folder.resolve("answers.json")));
    }

    @Test
    void solve_intoAnArrowTable_hasTheNumbersOfTheDocument() throws IOException {
        var games = games(100);
        solve(games, 16, GameStreamTest::byNumber, folder.resolve("answers.json"));
        solve(games, 16, GameStreamTest::byNumber, folder.resolve("answers.arrow"));
        var answers = answers("answers.json");
        var rows = rows(folder.resolve("answers.arrow"));
        assertThat(rows).hasSameSizeAs(answers);
        for (int g = 0; g < answers.size(); g++) {
            var answer = answers.get(g);
            var row = rows.get(g);
            for (var key : List.of("standing", "error", "policy")) {
                assertThat(row.path(key)).as("game %d, %s", g, key).isEqualTo(known(answer.path(key)));
            }
            for (var key : List.of(
                    "gap", "gapTau", "unilateralGain", "utility", "delta", "iterations", "converged", "accepted")) {
                assertThat(row.path(key))
                        .as("game %d, %s", g, key)
                        .isEqualTo(known(answer.path("certificate").path(key)));
            }
        }
    }

    // ---- what is solved ----

    private static PolicySolution byNumber(AlignmentRequest request) {
        var buckets = new ArrayList<SolutionBucket>();
        for (var bucket : request.games().buckets()) {
            int n = bucket.games();
            int k = bucket.candidates();
            var logs = new double[n * k];
            Arrays.fill(logs, Double.NEGATIVE_INFINITY);
            var refused = new byte[n];
            for (int g = 0; g < n; g++) {
                int row = g;
                int[] allowed = IntStream.range(0, k)
                        .filter(i -> bucket.allowed().getByte((long) row * k + i) != 0)
                        .toArray();
                if (allowed.length == 0) {
                    refused[g] = 1;
                } else {
                    // depends on the game's number in the file
                    int item = bucket.items().getInt(g);
                    logs[g * k + allowed[item % allowed.length]] = 0;
                }
            }
            buckets.add(SolutionBucket.of(
                    Tensor.ofDoubles(logs, n, k),
                    Tensor.ofDoubles(new double[n], n),
                    Tensor.ofInts(new int[n], n),
                    Tensor.ofBytes(new byte[n], n),
                    Tensor.ofBytes(refused, n)));
        }
        return PolicySolution.of(buckets);
    }

    private static Function<AlignmentRequest, PolicySolution> failingAt(int number) {
        return request -> {
            for (var bucket : request.games().buckets()) {
                for (int g = 0; g < bucket.games(); g++) {
                    if (bucket.items().getInt(g) == number) {
                        throw new AlignmentException(StandardErrorCode.PLUGIN_FAILED, "it fell over");
                    }
                }
            }
            return byNumber(request);
        };
    }

    private GameStream.Outcome solve(
            List<Map<String, Object>> games, int batch, Function<AlignmentRequest, PolicySolution> algorithm, Path out)
            throws IOException {
        return solve(write(games), batch, algorithm, out);
    }

    private GameStream.Outcome solve(
            Path games, int batch, Function<AlignmentRequest, PolicySolution> algorithm, Path out) {
        return solve(games, batch, algorithm, AnswerOutput.to(out));
    }

    private GameStream.Outcome solve(
            Path games, int batch, Function<AlignmentRequest, PolicySolution> algorithm, AnswerOutput out) {
        return GameStream.solve(
                batches -> GamesFile.read(games, owner, batch, batches),
                owner,
                new SolveRequest(Formulation.POPULATION, "test", OptionalDouble.empty(), 1),
                () -> solver(algorithm),
                out);
    }

    private GameSolver solver(Function<AlignmentRequest, PolicySolution> algorithm) {
        return new GameSolver() {
            @Override
            public Batch open(String what) {
                return new BatchOf(owner.openScope(what), algorithm);
            }

            @Override
            public List<Issue> issues() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    private record BatchOf(TensorScope memory, Function<AlignmentRequest, PolicySolution> algorithm)
            implements GameSolver.Batch {

        @Override
        public PolicySolution align(AlignmentRequest request) {
            return algorithm.apply(request);
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    // ---- games ----

    private static List<Map<String, Object>> plain(int count) {
        var random = new SplittableRandom(5);
        var games = new ArrayList<Map<String, Object>>();
        for (int g = 0; g < count; g++) {
            games.add(Map.of("P", new double[][][] {matrix(random, 3)}));
        }
        return games;
    }

    // of two to four candidates and one or two stakeholders, some weighed, some with a reference, some with no game
    private static List<Map<String, Object>> games(int count) {
        var random = new SplittableRandom(6);
        var games = new ArrayList<Map<String, Object>>();
        for (int g = 0; g < count; g++) {
            int k = random.nextInt(2, 5);
            var p = new double[random.nextInt(1, 3)][][];
            Arrays.setAll(p, _ -> matrix(random, k));
            var game = new HashMap<String, Object>(Map.of("P", p));
            if (p.length == 2 && random.nextBoolean()) {
                game.put("weights", new double[] {random.nextInt(1, 3), 2});
            }
            if (random.nextInt(3) == 0) {
                game.put("ref", random.doubles(k, 0.1, 1).toArray());
            }
            if (random.nextInt(3) == 0) {
                var unsafe = new boolean[k];
                for (int i = 0; i < k; i++) {
                    unsafe[i] = random.nextInt(3) > 0;
                }
                game.put("unsafe", unsafe);
            }
            if (random.nextInt(20) == 0) {
                p[0][0][0] = 2;
            }
            games.add(game);
        }
        return games;
    }

    private static double[][] matrix(SplittableRandom random, int k) {
        var p = new double[k][k];
        for (int i = 0; i < k; i++) {
            p[i][i] = 0.5;
            for (int j = 0; j < i; j++) {
                p[i][j] = random.nextDouble();
                p[j][i] = 1 - p[i][j];
            }
        }
        return p;
    }

    private Path write(List<Map<String, Object>> games) throws IOException {
        return Files.writeString(folder.resolve("games.json"), text(games));
    }

    private static String text(List<Map<String, Object>> games) throws IOException {
        return JSON.writeValueAsString(Map.of("games", games));
    }

    // ---- answers ----

    private List<JsonNode> answers(String file) throws IOException {
        var answers = new ArrayList<JsonNode>();
        JSON.readTree(Files.readString(folder.resolve(file), StandardCharsets.UTF_8))
                .path("results")
                .forEach(answers::add);
        return answers;
    }

    private static long count(List<JsonNode> answers, String error) {
        return answers.stream()
                .filter(answer -> answer.path("error").asText().contains(error))
                .count();
    }

    // null and absent are the same in a table
    private static JsonNode known(JsonNode node) {
        return node.isNull() ? JSON.missingNode() : node;
    }

    private List<JsonNode> rows(Path file) {
        var rows = new ArrayList<JsonNode>();
        ArrowFiles.read(file, new ArrowGuard(ArrowLimits.standard()), owner, (root, _) -> {
            for (int row = 0; row < root.getRowCount(); row++) {
                var object = JSON.createObjectNode();
                for (FieldVector column : root.getFieldVectors()) {
                    if (!column.isNull(row)) {
                        object.set(
                                column.getName(),
                                column instanceof ListVector list
                                        ? JSON.valueToTree(list.getObject(row))
                                        : JSON.valueToTree(
                                                column instanceof VarCharVector
                                                        ? String.valueOf(column.getObject(row))
                                                        : column.getObject(row)));
                    }
                }
                rows.add(object);
            }
        });
        return rows;
    }
}
