package org.polyphony.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Candidates in a file: one a line, or, where its name ends so, a JSON list or a JSON value a line,
/// each a text or an object with a `text`.
final class AskedCandidates {

    private static final long MOST_BYTES = 16 << 20;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AskedCandidates() {}

    /// @throws AlignmentException saying what is wrong with the file, and where
    static List<String> read(Path file) {
        var content = content(file);
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        var texts = name.endsWith(".json")
                ? list(file, content)
                : name.endsWith(".jsonl") ? values(file, content) : lines(content);
        if (texts.isEmpty()) {
            throw malformed(file + " holds no candidate; give one a line, or a JSON list of texts");
        }
        return texts;
    }

    private static String content(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new AlignmentException(
                    StandardErrorCode.FILE_NOT_FOUND,
                    file + (Files.exists(file) ? " is not a file" : " does not exist") + "; name a file of candidates");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw malformed(file + " has " + Files.size(file) + " bytes; candidates are at most " + MOST_BYTES);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(file + " is not UTF-8; save it as that");
        } catch (IOException e) {
            throw new AlignmentException(StandardErrorCode.IO_FAILED, "cannot read " + file + ": " + e, e);
        }
    }

    private static List<String> lines(String content) {
        return content.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<String> values(Path file, String content) {
        var texts = new ArrayList<String>();
        int number = 0;
        for (var line : content.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                texts.add(text(file + ":" + number, parse(file + ":" + number, line)));
            }
        }
        return texts;
    }

    private static List<String> list(Path file, String content) {
        var root = parse(file.toString(), content);
        if (!root.isArray()) {
            throw malformed(file + " holds no JSON list; give for example [\"first\", \"second\"]");
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < root.size(); i++) {
            texts.add(text("candidate " + (i + 1) + " of " + file, root.get(i)));
        }
        return texts;
    }

    private static JsonNode parse(String where, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw malformed(where + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(String where, JsonNode value) {
        var text = value.isObject() ? value.path("text") : value;
        if (!text.isTextual()) {
            throw malformed(where + " is " + (value.isObject() ? "an object without a 'text'" : "no text: " + value)
                    + "; give a text, or an object with one, {\"text\": \"…\"}");
        }
        return text.textValue();
    }

    private static AlignmentException malformed(String message) {
        return new AlignmentException(StandardErrorCode.FILE_MALFORMED, message);
    }
}
