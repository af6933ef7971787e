package org.polyphony.plugin.source.files.input;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;

/// The records of a JSON file, each with the line on which it begins: objects one after the other, or in a
/// list. A `.jsonl` file has one object a line.
public final class JsonFile {

    private JsonFile() {}

    /// Tells every record in its order.
    ///
    /// @param records gets the file and line, and the record's keys and values
    /// @throws AlignmentException with code `FILE_MALFORMED` if the file is damaged or holds anything else
    public static void each(DataFile file, BiConsumer<String, Map<String, @Nullable Object>> records) {
        try (BufferedReader lines = file.lines()) {
            if (file.kind() == DataFile.Kind.JSON_LINES && !startsList(file.head())) {
                long number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        objects(new Json(new StringReader(line), number), file.name(), records);
                    }
                }
            } else {
                objects(new Json(lines, 1), file.name(), records);
            }
        } catch (Json.Malformed e) {
            throw malformed(file.name() + ", line " + e.line(), e.getMessage());
        } catch (IOException e) {
            throw new AlignmentException(IO_FAILED, file.name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// The record that one JSON text holds.
    ///
    /// @param place the file and row, for messages
    static Map<String, @Nullable Object> record(String place, String json) {
        try {
            return record(place, new Json(new StringReader(json), 1).value());
        } catch (IOException | Json.Malformed e) {
            throw malformed(place, e.getMessage());
        }
    }

    // a list of lists is no list of records: its line is told
    private static boolean startsList(String head) {
        String text = head.stripLeading();
        return text.startsWith("[") && text.substring(1).stripLeading().startsWith("{");
    }

    private static void objects(Json json, String file, BiConsumer<String, Map<String, @Nullable Object>> records)
            throws IOException, Json.Malformed {
        long line = json.nextLine();
        if (json.skip('[')) {
            if (!json.skip(']')) {
                do {
                    String place = file + ", line " + json.nextLine();
                    records.accept(place, record(place, json.value()));
                } while (json.skip(','));
                if (!json.skip(']')) {
                    throw new Json.Malformed(Math.max(line, json.nextLine()), "a comma or ] is needed behind a record");
                }
            }
            line = json.nextLine();
        }
        for (; line >= 0; line = json.nextLine()) {
            String place = file + ", line " + line;
            records.accept(place, record(place, json.value()));
        }
    }

    private static Map<String, @Nullable Object> record(String place, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // made by Json, whose keys are texts
            var object = (Map<String, @Nullable Object>) map;
            return object;
        }
        throw malformed(
                place,
                "the record is " + (value instanceof List ? "a list" : Json.write(value))
                        + "; every record is an object with keys");
    }

    private static AlignmentException malformed(String place, @Nullable String reason) {
        return new AlignmentException(FILE_MALFORMED, place + ": " + reason + "; correct the file");
    }
}
