package org.polyphony.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads the reference files; their origin is beside them.
public final class ReferenceNumbers {

    private ReferenceNumbers() {}

    /// The elements of a file that holds a list.
    public static Stream<JsonNode> read(String file) {
        return StreamSupport.stream(tree(file).spliterator(), false);
    }

    /// The whole file.
    public static JsonNode tree(String file) {
        try (var in = Objects.requireNonNull(
                ReferenceNumbers.class.getResourceAsStream("/reference/" + file), () -> file + " is missing")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every number below the node, row-major; fractions written as "4/11" are evaluated.
    public static double[] flat(JsonNode node) {
        List<Double> values = new ArrayList<>();
        collect(node, values);
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonNode node, List<Double> values) {
        if (node.isArray()) {
            node.forEach(child -> collect(child, values));
        } else if (node.isTextual()) {
            String[] fraction = node.asText().split("/", -1);
            values.add(Double.parseDouble(fraction[0]) / (fraction.length > 1 ? Double.parseDouble(fraction[1]) : 1));
        } else {
            values.add(node.asDouble());
        }
    }
}
