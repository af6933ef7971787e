package org.polyphony.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A `report.json`, as a reader of it would query it.
final class Report {

    private final JsonNode root;

    private Report(JsonNode root) {
        this.root = root;
    }

    static Report read(Path folder) throws IOException {
        return new Report(new ObjectMapper().readTree(Files.readString(folder.resolve("report.json"))));
    }

    JsonNode root() {
        return root;
    }

    /// The metrics of this name whose labels include these.
    List<JsonNode> metrics(String name, Map<String, String> labels) {
        var found = new ArrayList<JsonNode>();
        for (var metric : root.path("metrics")) {
            if (metric.path("name").asText().equals(name) && carries(metric, labels)) {
                found.add(metric);
            }
        }
        return found;
    }

    /// The value of the first such metric.
    double value(String name, Map<String, String> labels) {
        var found = metrics(name, labels);
        if (found.isEmpty()) {
            throw new AssertionError("no metric " + name + " " + labels + " in the report");
        }
        return found.getFirst().path("value").doubleValue();
    }

    /// Codes of all findings whose labels include these.
    List<String> findings(Map<String, String> labels) {
        var codes = new ArrayList<String>();
        for (var finding : root.path("findings")) {
            if (carries(finding, labels)) {
                codes.add(finding.path("code").asText());
            }
        }
        return codes;
    }

    private static boolean carries(JsonNode node, Map<String, String> labels) {
        return labels.entrySet().stream()
                .allMatch(label ->
                        node.path("labels").path(label.getKey()).asText("").equals(label.getValue()));
    }
}
