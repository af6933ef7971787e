package org.polyphony.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.deploy.ControlSocket;
import org.polyphony.engine.deploy.HostFolder;
import picocli.CommandLine.Option;

/// Which running host is asked.
final class HostOption {

    @Option(
            names = "--host",
            paramLabel = "FILE",
            description = "The running host: its study file, or the path of its socket.")
    private @Nullable Path host;

    boolean given() {
        return host != null;
    }

    /// A request that is to be filled in.
    static ObjectNode verb(String name) {
        return JsonNodeFactory.instance.objectNode().put("verb", name);
    }

    /// Asks the host; what it tells on the way goes to standard error.
    JsonNode ask(ObjectNode request, boolean quiet) {
        var at = host == null ? Path.of("") : host;
        var socket = at.getFileName() != null && at.getFileName().toString().endsWith(".sock")
                ? at
                : Files.isDirectory(at)
                        ? at.resolve(ControlSocket.NAME)
                        : HostFolder.of(at).resolve(ControlSocket.NAME);
        return ControlSocket.ask(socket, request, told -> {
            if (!quiet) {
                System.err.println("polyphony: " + Printable.message(told));
            }
        });
    }

    /// Prints slots, as `list` and `install` answer them.
    static void print(JsonNode answer, boolean json) {
        if (json) {
            System.out.println(answer.toPrettyString());
            return;
        }
        var rows = new ArrayList<List<String>>();
        answer.path("slots")
                .forEach(slot -> rows.add(List.of(
                        slot.path("slot").asText(),
                        slot.path("role").asText(),
                        slot.path("plugin").asText(),
                        slot.path("version").asText(),
                        slot.path("sha256").asText().substring(0, 12),
                        slot.path("used").asBoolean() ? "yes" : "no",
                        slot.path("calls").asText(),
                        slot.path("failures").asText(),
                        slot.has("former") ? slot.path("former").asText().substring(0, 12) : "-")));
        Tables.print(
                List.of("slot", "role", "plugin", "version", "sha256", "in use", "calls", "failed", "undo brings"),
                rows);
        printMeasured(answer.path("slots"));
    }

    // a row for each metric, a column for each slot whose calls were measured
    private static void printMeasured(JsonNode slots) {
        var columns = new ArrayList<>(List.of("measured"));
        var metrics = new TreeSet<String>();
        slots.forEach(slot -> slot.path("measured").fieldNames().forEachRemaining(metrics::add));
        slots.forEach(slot -> columns.add(slot.path("slot").asText()));
        var rows = new ArrayList<List<String>>();
        for (var metric : metrics) {
            var row = new ArrayList<>(List.of(metric));
            slots.forEach(slot -> {
                var mean = slot.path("measured").path(metric);
                row.add(mean.isMissingNode() ? "–" : String.format(Locale.ROOT, "%.4f", mean.asDouble()));
            });
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            System.out.println();
            Tables.print(columns, rows);
        }
    }

    /// Prints the former versions that are still in memory.
    ///
    /// @param collected whether collections of garbage were asked for first
    static void printFormer(JsonNode former, boolean collected) {
        var names = new ArrayList<String>();
        former.forEach(name -> names.add(name.asText()));
        System.out.println();
        System.out.println(Printable.message("former versions in memory: "
                + (names.isEmpty() ? "none" : names.size() + " (" + String.join(", ", names) + ")")
                + (names.isEmpty()
                        ? ""
                        : collected
                                ? "; they were not collected when that was asked for: something holds them"
                                : "; a collection of garbage has not come yet, or something holds them: --collect"
                                        + " tells")));
    }
}
