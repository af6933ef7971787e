package org.polyphony.plugin.source.files.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.polyphony.plugin.source.files.input.Row;

/// Times of judgments.
public final class Times {

    private Times() {}

    /// Milliseconds since 1970 of a cell: a whole number of them, or ISO 8601 with a date at least; UTC where no
    /// zone is given, a space for the `T` allowed.
    public static long milliseconds(Row row, int column) {
        try {
            return milliseconds(row.required(column));
        } catch (DateTimeException e) {
            throw row.invalid(column, "expected ISO 8601 or milliseconds since 1970");
        }
    }

    /// The same of a text.
    ///
    /// @throws DateTimeException if it is no time
    public static long milliseconds(String cell) {
        String text = cell.strip();
        if (text.matches("-?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        String iso = text.replaceFirst(" ", "T");
        if (!iso.contains("T")) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        boolean zoned = iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$");
        // DuckDB writes whole-hour zones without minutes
        String full = iso.matches(".*[+-]\\d\\d$") ? iso + ":00" : iso;
        return zoned
                ? OffsetDateTime.parse(full).toInstant().toEpochMilli()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
