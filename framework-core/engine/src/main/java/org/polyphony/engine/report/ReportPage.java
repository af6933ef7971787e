package org.polyphony.engine.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The report as one HTML page that needs no network: `report.html` with the document inside.
public final class ReportPage {

    private static final String PLACE = "/*REPORT*/null";

    private ReportPage() {}

    static String of(ObjectNode document) {
        var template = template();
        int at = template.indexOf(PLACE);
        if (at < 0) {
            throw new IllegalStateException("the report page has no place for the document");
        }
        // inside a script element only "</" and "<!--" could end or change it: no "<" is left, escaped as
        // JSON allows
        var json = document.toString()
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        return template.substring(0, at) + json + template.substring(at + PLACE.length());
    }

    /// What is between the tags of the page's style, for other pages that look like it.
    public static String style() {
        var template = template();
        return template.substring(template.indexOf("<style>") + "<style>".length(), template.indexOf("</style>"));
    }

    private static String template() {
        try (var in = ReportPage.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IllegalStateException("report.html is missing from the engine");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
