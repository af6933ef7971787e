package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `samples/three-cycle` as its README runs it. The equilibrium is public (COMAL's synthetic game); plateau
/// and cycles are self-computed, of step 0.3, τ 0.1 and the first policy (.2, .5, .3).
class ThreeCycleIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double[] EQUILIBRIUM = {4 / 11.0, 3 / 11.0, 4 / 11.0};

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static final Map<String, JsonNode> RUNS = new HashMap<>();

    @BeforeAll
    static void watch() throws IOException {
        var sample = Distribution.checkout().resolve("samples/three-cycle");
        var result = Distribution.run(
                folder,
                List.of(
                        "solve",
                        sample.resolve("games.json").toString(),
                        "--runs",
                        sample.resolve("runs.yaml").toString(),
                        "--out",
                        "out"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("reaches the equilibrium");
        for (var run : report().at("/games/0/runs")) {
            RUNS.put(run.path("label").asText(), run);
        }
    }

    private static JsonNode report() throws IOException {
        return JSON.readTree(folder.resolve("out/report.json").toFile());
    }

    private static JsonNode run(String label) {
        assertThat(RUNS).containsKey(label);
        return java.util.Objects.requireNonNull(RUNS.get(label));
    }

    @Test
    @DisplayName("COMAL reaches (4/11, 3/11, 4/11), a public value, to a gap below 1e-11")
    void comal_reachesTheEquilibrium() {
        var comal = run("COMAL");
        assertThat(comal.path("verdict").asText()).isEqualTo("reaches");
        assertThat(comal.path("gap").doubleValue()).isBetween(-1e-15, 1e-11);
        close(comal.path("policy"), EQUILIBRIUM, 1e-9);
        // the run's, not the algorithm's default
        assertThat(comal.at("/settings/tau").asText()).isEqualTo("0.1");
    }

    @Test
    @DisplayName("INPO plateaus at .0588277382783, self-computed")
    void inpo_plateaus() {
        var inpo = run("INPO");
        assertThat(inpo.path("verdict").asText()).isEqualTo("plateaus");
        assertThat(inpo.path("gap").doubleValue()).isCloseTo(0.0588277382783, within(1e-9));
        close(inpo.path("policy"), new double[] {.27492, .27972, .44536}, 1e-5);
    }

    @Test
    @DisplayName("MWU and iterative DPO cycle at a gap of about .8, self-computed")
    void mwuAndIterativeDpo_cycle() {
        for (var label : List.of("MWU (SPPO)", "iterative DPO")) {
            var run = run(label);
            assertThat(run.path("verdict").asText()).as(label).isEqualTo("cycles");
            assertThat(run.path("gap").doubleValue()).as(label).isCloseTo(0.8, within(0.01));
            assertThat(run.path("iterations").intValue()).as(label).isEqualTo(5000);
        }
    }

    @Test
    void report_marksTheEquilibriumAndShowsTheWayInASection() throws IOException {
        close(report().at("/games/0/equilibrium"), EQUILIBRIUM, 1e-9);
        var section = report().at("/sections/0");
        assertThat(section.path("headlines").findValuesAsText("text"))
                .anySatisfy(text -> assertThat(text).startsWith("COMAL: reaches the equilibrium"));
        var ways = section.path("blocks").findParents("corners");
        assertThat(ways).hasSize(4);
        for (var way : ways) {
            assertThat(way.path("places").findValuesAsText("series")).contains("reference", "equilibrium");
        }
    }

    private static void close(JsonNode actual, double[] expected, double tolerance) {
        assertThat(actual.size()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.get(i).doubleValue()).isCloseTo(expected[i], within(tolerance));
        }
    }
}
