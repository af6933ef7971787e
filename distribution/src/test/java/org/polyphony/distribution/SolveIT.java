package org.polyphony.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Reference games through the command line. Origins and tolerances: `reference/ORIGIN.md`.
@Execution(ExecutionMode.CONCURRENT)
class SolveIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void population_publishedGames_meetTheirEquilibria() throws IOException {
        var games = reference(
                "zero_sum_games.json", game -> !game.path("preference_P").isNull());
        assertThat(games).hasSize(12);

        var results = solve(games, "preference_P", "population");

        for (int g = 0; g < games.size(); g++) {
            var name = games.get(g).path("name").asText();
            var result = results.get(g);
            assertThat(result.at("/certificate/gap").doubleValue()).as(name).isLessThan(1e-12);
            assertThat(result.at("/certificate/accepted").booleanValue())
                    .as(name)
                    .isTrue();
            boolean unique =
                    games.get(g).at("/nashpy_0_0_43/n_support_equilibria").intValue() == 1;
            var expected = games.get(g).path("known_equilibrium").isNull()
                    ? games.get(g).path("exact_rational_full_support")
                    : games.get(g).path("known_equilibrium");
            if (unique) {
                assertThat(expected.isArray()).as(name).isTrue();
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(result.path("policy").get(i).doubleValue())
                            .as("%s[%d]", name, i)
                            .isCloseTo(fraction(expected.get(i).asText()), within(1e-9));
                }
            }
        }
    }

    @Test
    void population_stakeholderGames_meetTheMixturesEquilibrium() throws IOException {
        var games = reference("stakeholder_games.json", _ -> true);
        var results = solve(games, "P", "population");
        for (int g = 0; g < games.size(); g++) {
            var expected = games.get(g).at("/F1_population_symmetric/lp");
            close(
                    results.get(g).path("policy"),
                    expected,
                    1e-9,
                    games.get(g).path("name").asText());
            assertThat(results.get(g).at("/certificate/gap").doubleValue()).isLessThan(1e-12);
        }
    }

    @Test
    void consensus_stakeholderGames_meetTheSmallestGain() throws IOException {
        var games = reference("stakeholder_games.json", _ -> true);
        var results = solve(games, "P", "consensus");
        for (int g = 0; g < games.size(); g++) {
            var name = games.get(g).path("name").asText();
            var expected = games.get(g).path("F5_minimax_unilateral_gain");
            close(results.get(g).path("policy"), expected.path("pi"), 1e-8, name);
            double largest = 0;
            for (var gain : results.get(g).at("/certificate/unilateralGain")) {
                largest = Math.max(largest, gain.doubleValue());
            }
            assertThat(largest).as(name).isCloseTo(expected.path("eps_star").doubleValue(), within(1e-9));
            assertThat(results.get(g).at("/certificate/gap").doubleValue())
                    .as(name)
                    .isLessThan(1e-9);
        }
    }

    @Test
    void stakeholder_atTauPointSix_meetsTheUniqueProfile() throws IOException {
        stakeholder("0.6", 1e-10, true);
    }

    @Test
    void stakeholder_atTauPointOne_meetsTheProfileReachedFromTheReference() throws IOException {
        stakeholder("0.1", 1e-8, false);
    }

    @Test
    void bargaining_stakeholderGames_meetTheReferenceBargainOrDeployTheReference() throws IOException {
        var games = reference("stakeholder_games.json", _ -> true);
        var results = solve(games, "P", "bargaining", "--algorithm", "welfare");
        for (int g = 0; g < games.size(); g++) {
            var name = games.get(g).path("name").asText();
            var expected = games.get(g).at("/F6_nash_bargaining_beta0.1/pi");
            close(
                    results.get(g).path("policy"),
                    expected.isArray() ? expected : games.get(g).path("mu"),
                    1e-6,
                    name);
            assertCertified(results.get(g), name);
        }
    }

    @Test
    void leximin_stakeholderGames_isTheUniqueConsensus() throws IOException {
        var games = reference("stakeholder_games.json", _ -> true);
        var results = solve(games, "P", "leximin", "--algorithm", "welfare");
        for (int g = 0; g < games.size(); g++) {
            var name = games.get(g).path("name").asText();
            close(results.get(g).path("policy"), games.get(g).at("/F5_minimax_unilateral_gain/pi"), 1e-8, name);
            assertCertified(results.get(g), name);
        }
    }

    @Test
    void maxminAndGroupRobust_stakeholderGames_areCertified() throws IOException {
        var games = reference("stakeholder_games.json", _ -> true);
        for (var formulation : List.of("maxmin", "group-robust")) {
            for (var result : solve(games, "P", formulation, "--algorithm", "welfare")) {
                assertCertified(result, formulation);
            }
        }
    }

    private static void assertCertified(JsonNode result, String what) {
        assertThat(result.at("/certificate/gap").doubleValue()).as(what).isLessThan(1e-8);
        assertThat(result.at("/certificate/accepted").booleanValue()).as(what).isTrue();
        assertThat(result.at("/certificate/converged").booleanValue()).as(what).isTrue();
    }

    @Test
    void sweep_twoStakeholders_isWhatEveryPairOfWeightsGivesAlone() throws IOException {
        var p = "[[[0.5,0.9,0.3],[0.1,0.5,0.8],[0.7,0.2,0.5]],[[0.5,0.2,0.6],[0.8,0.5,0.1],[0.4,0.9,0.5]]]";
        var one = folder.resolve("one.json");
        Files.writeString(one, "{\"games\":[{\"P\":" + p + "}]}");
        var sweep = Distribution.run(
                folder, Distribution.SHORT, List.of("solve", one.toString(), "--sweep", "4", "--json"));
        assertThat(sweep.code()).as(sweep.err()).isZero();
        var points = JSON.readTree(sweep.out()).at("/sweeps/0");
        assertThat(points.size()).isEqualTo(5);

        var each = new ArrayList<String>();
        points.forEach(point -> each.add("{\"P\":" + p + ",\"weights\":" + point.path("weights") + "}"));
        var all = folder.resolve("all.json");
        Files.writeString(all, "{\"games\":[" + String.join(",", each) + "]}");
        var alone = Distribution.run(folder, Distribution.SHORT, List.of("solve", all.toString()));
        assertThat(alone.code()).as(alone.err()).isZero();
        var results = JSON.readTree(alone.out()).path("results");
        for (int g = 0; g < 5; g++) {
            for (var what : List.of("policy", "utility")) {
                var expected = new double[points.get(g).path(what).size()];
                var of = what.equals("policy") ? results.get(g) : results.get(g).path("certificate");
                for (int i = 0; i < expected.length; i++) {
                    assertThat(points.get(g).path(what).get(i).doubleValue())
                            .as("%s of point %d", what, g)
                            .isCloseTo(of.path(what).get(i).doubleValue(), within(1e-12));
                }
            }
            assertThat(points.get(g).path("gap").doubleValue()).isLessThan(1e-12);
            assertThat(points.get(g).path("accepted").booleanValue()).isTrue();
        }
    }

    @Test
    void algorithms_areListedWithWhatTheyOffer() throws IOException {
        var list = Distribution.run(folder, Distribution.SHORT, List.of("algo", "list", "--json"));
        assertThat(list.code()).as(list.err()).isZero();
        var offered = new HashMap<String, String>();
        JSON.readTree(list.out())
                .path("plugins")
                .forEach(plugin -> offered.put(
                        plugin.path("id").asText(), plugin.path("formulations").toString()));
        assertThat(offered.get("nash-dpo")).contains("consensus", "population", "stakeholder");
    }

    private void stakeholder(String tau, double tolerance, boolean unique) throws IOException {
        var games = reference("stakeholder_games.json", game -> game.has("F2_HT_regularised"));
        var results = solve(games, "P", "stakeholder", "--tau", tau);
        for (int g = 0; g < games.size(); g++) {
            var name = games.get(g).path("name").asText();
            var expected = games.get(g).at("/F2_HT_regularised/solutions/" + tau + "/profile");
            assertThat(expected.isArray()).as(name).isTrue();
            for (int s = 0; s < expected.size(); s++) {
                close(results.get(g).path("profile").get(s), expected.get(s), tolerance, name + " stakeholder " + s);
            }
            for (var nashConv : results.get(g).at("/certificate/nashConv")) {
                assertThat(nashConv.doubleValue()).as(name).isLessThan(1e-12);
            }
            if (unique) {
                assertThat(results.get(g).at("/certificate/uniqueGuaranteed").booleanValue())
                        .as(name)
                        .isTrue();
            }
        }
    }

    private List<JsonNode> solve(List<JsonNode> references, String tensor, String formulation, String... options)
            throws IOException {
        var document = JSON.createObjectNode();
        var games = document.putArray("games");
        for (var reference : references) {
            var game = games.addObject();
            game.set("P", reference.get(tensor));
            copy(reference, "weights", game, "weights");
            copy(reference, "mu", game, "ref");
        }
        var file = folder.resolve("games.json");
        Files.writeString(file, JSON.writeValueAsString(document));
        var arguments = new ArrayList<>(List.of("solve", file.toString(), "--formulation", formulation));
        arguments.addAll(List.of(options));
        var result = Distribution.run(folder, Distribution.SHORT, arguments);
        assertThat(result.code()).as(result.err()).isZero();
        var results = new ArrayList<JsonNode>();
        JSON.readTree(result.out()).path("results").forEach(results::add);
        assertThat(results).hasSameSizeAs(references);
        return results;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (from.hasNonNull(name)) {
            to.set(as, from.get(name));
        }
    }

    private static void close(JsonNode actual, JsonNode expected, double tolerance, String what) {
        assertThat(actual.size()).as(what).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).doubleValue())
                    .as("%s[%d]", what, i)
                    .isCloseTo(expected.get(i).doubleValue(), within(tolerance));
        }
    }

    private static List<JsonNode> reference(String name, Predicate<JsonNode> filter) throws IOException {
        try (var in = SolveIT.class.getResourceAsStream("/reference/" + name)) {
            var games = new ArrayList<JsonNode>();
            JSON.readTree(in).forEach(game -> {
                if (filter.test(game)) {
                    games.add(game);
                }
            });
            return games;
        }
    }

    // "4/11", "0.25"
    private static double fraction(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Double.parseDouble(text)
                : Double.parseDouble(text.substring(0, slash)) / Double.parseDouble(text.substring(slash + 1));
    }
}
