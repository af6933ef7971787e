package org.polyphony.spi.profile;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judgments;

/// Who has a seat, and so a profile.
///
/// @param level whether the people in the seats have profiles of their own
/// @param seats in the order of stakeholders
/// @param leastPeople cells of crossed attributes with fewer people than this have joined their first
///     attribute's seat; 0 where nobody had to
public record Seating(Level level, List<Seat> seats, int leastPeople) {

    /// What [#seats(Judgments)] says of a judgment that nobody with a seat made.
    public static final int NONE = -1;

    private static final int MOST_CELLS = 1 << 24;

    /// Whose profiles are learned. More may come: always write a default, and refuse what you do not know.
    public enum Level {
        /// Those of seats.
        GROUP,
        /// Those of seats, and those of the people in them.
        PERSON
    }

    public Seating {
        seats = List.copyOf(seats);
        if (new HashSet<>(ids(seats)).size() != seats.size()) {
            throw new IllegalArgumentException("each seat needs a name of its own, got " + ids(seats));
        }
    }

    /// Seats of groups; nobody had to join another.
    public static Seating of(List<Seat> seats) {
        return new Seating(Level.GROUP, seats, 0);
    }

    /// Seats of levels of one attribute.
    public static Seating of(String attribute, List<String> levels) {
        return of(levels.stream().map(level -> Seat.of(attribute, level)).toList());
    }

    /// Names of the seats.
    public List<String> ids() {
        return ids(seats);
    }

    /// The seat that speaks in each judgment, shape (N): of those whose levels are all true of it the one
    /// that says most, else [#NONE].
    ///
    /// @throws AlignmentException with code `COLUMN_MISSING` if the judgments lack an attribute of a seat
    public int[] seats(Judgments judgments) {
        var of = new int[judgments.count()];
        Arrays.fill(of, NONE);
        seats.stream()
                .<Set<String>>map(seat -> seat.levels().keySet())
                .distinct()
                .sorted(Comparator.comparingInt(attributes -> -attributes.size()))
                .forEach(attributes -> place(judgments, List.copyOf(attributes), of));
        return of;
    }

    // the seats of these attributes are cells of a table, one axis an attribute, found by a judgment's levels
    private void place(Judgments judgments, List<String> attributes, int[] of) {
        var columns = attributes.stream()
                .mapToInt(attribute -> column(judgments, attribute))
                .toArray();
        var widths = new int[columns.length];
        long cells = 1;
        for (int a = 0; a < columns.length; a++) {
            widths[a] = judgments.judges().levels(columns[a]).size();
            cells *= widths[a];
            if (cells > MOST_CELLS) {
                throw new AlignmentException(
                        StandardErrorCode.VALUE_INVALID,
                        "the attributes " + attributes + " cross in over " + MOST_CELLS
                                + " cells; give seats by fewer of them");
            }
        }
        var seatOfCell = new int[(int) cells];
        Arrays.fill(seatOfCell, NONE);
        for (int s = 0; s < seats.size(); s++) {
            var levels = seats.get(s).levels();
            if (levels.keySet().equals(new HashSet<>(attributes))) {
                int cell =
                        cell(widths, a -> judgments.judges().levels(columns[a]).indexOf(levels.get(attributes.get(a))));
                if (cell != NONE) {
                    seatOfCell[cell] = s;
                }
            }
        }
        for (int n = 0; n < of.length; n++) {
            int judgment = n;
            int cell = of[n] == NONE ? cell(widths, a -> judgments.level(judgment, columns[a])) : NONE;
            of[n] = cell == NONE ? of[n] : seatOfCell[cell];
        }
    }

    private static int cell(int[] widths, IntUnaryOperator level) {
        int cell = 0;
        for (int a = 0; a < widths.length; a++) {
            int at = level.applyAsInt(a);
            if (at < 0) {
                return NONE;
            }
            cell = cell * widths[a] + at;
        }
        return cell;
    }

    private static int column(Judgments judgments, String attribute) {
        int column = judgments.judges().attribute(attribute);
        if (column < 0) {
            throw new AlignmentException(
                    StandardErrorCode.COLUMN_MISSING,
                    "no attribute " + attribute + " decides who has a seat; the judgments have "
                            + judgments.judges().attributes().stream()
                                    .map(Judges.GroupAttribute::name)
                                    .toList() + ", name one of them");
        }
        return column;
    }

    private static List<String> ids(List<Seat> seats) {
        return seats.stream().map(Seat::id).toList();
    }
}
