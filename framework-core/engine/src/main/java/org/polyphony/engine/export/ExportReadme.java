package org.polyphony.engine.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The page beside an export: what the columns mean and how a trainer is started with them.
final class ExportReadme {

    private ExportReadme() {}

    static String of(ObjectNode manifest, ExportOptions options) {
        var format = options.format().label();
        return resource("readme.md")
                .replace("{start}", resource("start-" + format + ".md").strip())
                .replace("{study}", manifest.at("/study/name").asText())
                .replace("{format}", format)
                .replace("{formulation}", options.formulation())
                .replace("{algorithm}", manifest.path("algorithm").asText())
                .replace("{records}", manifest.path("records").asText())
                .replace("{items}", manifest.path("items").asText())
                .replace(
                        "{certified}",
                        manifest.at("/certificate/certifiedItems").asText())
                .replace("{worstGap}", manifest.at("/certificate/worstGap").asText())
                .replace("{pairs}", manifest.path("pairs").asText())
                .replace("{weights}", manifest.path("weights").asText())
                .replace("{step}", manifest.path("step").asText())
                .replace("{reproduce}", manifest.path("reproduce").asText());
    }

    private static String resource(String name) {
        try (var in = ExportReadme.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the engine");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
