package org.polyphony.engine.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A document as one HTML page that needs no network: `page.html` with style, scripts and the document inside.
/// Sections, whoever made them, are drawn by `sections.js` with Observable Plot; what only a study has, by `study.js`.
public final class ReportPage {

    private ReportPage() {}

    /// The page of a study.
    public static String of(ObjectNode document) {
        return of(document, "study.js");
    }

    /// A page.
    ///
    /// @param script what draws this kind of document, after `sections.js`
    public static String of(ObjectNode document, String script) {
        // inside a script element only "</" and "<!--" could end or change it: no "<" is left, escaped as
        // JSON allows
        var json = document.toString()
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        var page = new StringBuilder(resource("page.html"));
        put(page, "/*STYLE*/", resource("page.css"));
        put(page, "/*LIBRARIES*/", resource("plot/d3.min.js") + "\n" + resource("plot/plot.umd.min.js"));
        put(page, "/*SCRIPTS*/", resource("sections.js") + resource(script));
        put(page, "/*REPORT*/null", json);
        return page.toString();
    }

    private static void put(StringBuilder page, String place, String text) {
        int at = page.indexOf(place);
        if (at < 0) {
            throw new IllegalStateException("the page has no " + place);
        }
        page.replace(at, at + place.length(), text);
    }

    private static String resource(String name) {
        try (var in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the engine");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
