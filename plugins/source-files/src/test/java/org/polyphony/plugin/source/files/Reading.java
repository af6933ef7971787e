package org.polyphony.plugin.source.files;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.polyphony.plugin.source.files.mapping.FilesSettings;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.testkit.TestContext;

/// Reads files in tests: `data` stay valid until closed, `issues` is what was reported.
record Reading(PreferenceData data, TestContext context) implements AutoCloseable {

    static Reading of(Path root, FilesSettings settings) {
        var context = TestContext.of(settings);
        return new Reading(new FilesSource().read(new SourceRequest(root.toString()), context), context);
    }

    /// The failure of a reading that must fail.
    static AlignmentException failure(Path root, FilesSettings settings) {
        try (var context = TestContext.of(settings)) {
            return catchThrowableOfType(
                    AlignmentException.class,
                    () -> new FilesSource().read(new SourceRequest(root.toString()), context));
        }
    }

    Judgments judgments() {
        return data.judgments();
    }

    List<Issue> issues() {
        return context.issues();
    }

    List<String> issueCodes() {
        return context.issues().stream().map(Issue::code).toList();
    }

    /// Judgments as text: item, annotator, levels, and the entries in the form `candidate=value`.
    List<String> lines() {
        var table = judgments();
        var lines = new ArrayList<String>();
        for (int n = 0; n < table.count(); n++) {
            int item = table.item(n);
            var line = new StringBuilder(table.candidates().items().get(item))
                    .append(' ')
                    .append(table.judges().ids().get(table.judge(n)));
            for (int g = 0; g < table.judges().attributes().size(); g++) {
                int level = table.level(n, g);
                line.append(' ')
                        .append(
                                level < 0
                                        ? "-"
                                        : table.judges()
                                                .attributes()
                                                .get(g)
                                                .levels()
                                                .get(level));
            }
            for (int e = table.entries().first(n); e < table.entries().end(n); e++) {
                int candidate = table.candidates().first(item) + table.entries().candidate(e);
                line.append(' ')
                        .append(table.candidates().ids().get(candidate))
                        .append('=')
                        .append(table.entries().value(e));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    static void write(Path root, String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        context.close();
    }
}
