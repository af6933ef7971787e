package org.polyphony.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads the reference games of the test resources; see their ORIGIN.md.
final class ReferenceGames {

    private ReferenceGames() {}

    /// One game of a reference file. Its name is what a parameterized test shows.
    record Case(String name, JsonNode json) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> read(String file) {
        try (InputStream in = ReferenceGames.class.getResourceAsStream("/reference/" + file)) {
            var games = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
            return StreamSupport.stream(games.spliterator(), false)
                    .map(game -> new Case(game.get("name").asText(), game))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] vector(JsonNode json) {
        var values = new double[json.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(json.get(i));
        }
        return values;
    }

    static double[][] matrix(JsonNode json) {
        var rows = new double[json.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = vector(json.get(i));
        }
        return rows;
    }

    static PreferenceGame stakeholderGame(JsonNode json) {
        var preferences = new double[json.get("S").asInt()][][];
        for (int s = 0; s < preferences.length; s++) {
            preferences[s] = matrix(json.get("P").get(s));
        }
        return PreferenceGame.of(preferences)
                .withWeights(vector(json.get("weights")))
                .withReference(vector(json.get("mu")));
    }

    /// A number, or a fraction written "10/16".
    private static double number(JsonNode json) {
        if (!json.isTextual()) {
            return json.asDouble();
        }
        var parts = json.asText().split("/", -1);
        return Double.parseDouble(parts[0]) / (parts.length == 1 ? 1 : Double.parseDouble(parts[1]));
    }
}
