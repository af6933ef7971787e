package org.polyphony.plugin.source.files.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.polyphony.plugin.source.files.input.Row;

/// Times of judgments.
public final class Times {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,12})?([eE]\\+?\\d{1,2})?");

    // 1973 and 2103 in seconds since 1970: between them the units of a thousandth each do not overlap
    private static final BigDecimal EARLIEST = BigDecimal.valueOf(100_000_000);
    private static final BigDecimal LATEST = BigDecimal.valueOf(4_200_000_000L);

    private Times() {}

    /// Milliseconds since 1970 of a cell.
    public static long milliseconds(Row row, int column) {
        try {
            return milliseconds(row.required(column));
        } catch (DateTimeException e) {
            throw row.invalid(column, String.valueOf(e.getMessage()));
        }
    }

    /// Milliseconds since 1970 of a text: ISO 8601 with a date at least, UTC where no zone is given, a space for
    /// the `T` allowed; or a number of seconds, milliseconds, microseconds or nanoseconds since 1970, whichever
    /// lies between 1973 and 2103. Numbers below 10⁸ are taken as milliseconds: they count from a start of their
    /// own.
    ///
    /// @throws DateTimeException if it is no time, saying what was expected
    public static long milliseconds(String cell) {
        String text = cell.strip();
        if (NUMBER.matcher(text).matches()) {
            return ofNumber(new BigDecimal(text));
        }
        try {
            String iso = text.replaceFirst(" ", "T");
            if (!iso.contains("T")) {
                return LocalDate.parse(iso)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
            boolean zoned = iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$");
            // DuckDB writes whole-hour zones without minutes
            String full = iso.matches(".*[+-]\\d\\d$") ? iso + ":00" : iso;
            return zoned
                    ? OffsetDateTime.parse(full).toInstant().toEpochMilli()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            throw new DateTimeException("expected ISO 8601, or a number of seconds or milliseconds since 1970", e);
        }
    }

    private static long ofNumber(BigDecimal number) {
        if (number.abs().compareTo(EARLIEST) < 0) {
            return number.setScale(0, RoundingMode.FLOOR).longValueExact();
        }
        for (int unit = 0; unit <= 9; unit += 3) {
            BigDecimal seconds = number.movePointLeft(unit);
            if (seconds.compareTo(EARLIEST) >= 0 && seconds.compareTo(LATEST) < 0) {
                return seconds.movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact();
            }
        }
        throw new DateTimeException(
                "as seconds, milli-, micro- or nanoseconds since 1970 that lies before 1973 or after"
                        + " 2103; write the time in ISO 8601");
    }
}
