package org.polyphony.engine.run;

import static org.polyphony.spi.error.StandardErrorCode.COLUMN_MISSING;
import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.polyphony.engine.plan.StudyPlan.Seats;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.support.settings.NearestName;

/// Who has a seat in a study: what its file says, of the people who judged. Without an attribute one seat
/// that everyone shares; with one, its levels; with several, every cell in which somebody is.
public final class StudySeats {

    /// What joins the levels of a cell to its name.
    private static final String CROSS = "/";

    private final Seating seating;
    private final Optional<Issue> joined;

    private StudySeats(Seating seating, Optional<Issue> joined) {
        this.seating = seating;
        this.joined = joined;
    }

    /// The seats of a study.
    ///
    /// @throws AlignmentException if the source did not read an attribute, or a level of the file is not
    ///     one
    static StudySeats of(Judgments judgments, Seats wanted) {
        var attributes = wanted.attributes();
        attributes.forEach(attribute -> requireRead(judgments, attribute));
        var seats = attributes.size() > 1
                ? crossed(judgments, wanted)
                : new StudySeats(all(judgments, wanted, wanted.levels()), Optional.empty());
        requireWeights(wanted, seats.seating.ids());
        return seats;
    }

    /// Who is told apart in figures about the judgments: the seats, and the levels of their one attribute
    /// that have none.
    public static Seating all(Judgments judgments, Seats wanted) {
        return wanted.attributes().size() > 1 ? crossed(judgments, wanted).seating : all(judgments, wanted, List.of());
    }

    private static Seating all(Judgments judgments, Seats wanted, List<String> chosen) {
        if (wanted.attributes().isEmpty()) {
            return Seating.of(List.of(new Seat(Seats.EVERYONE, Map.of())));
        }
        var attribute = wanted.attributes().getFirst();
        var levels = levels(judgments, attribute);
        for (var seat : chosen) {
            if (!levels.contains(seat)) {
                throw new AlignmentException(
                        VALUE_INVALID,
                        "no level '" + seat + "' of attribute '" + attribute + "'" + NearestName.hint(seat, levels)
                                + "; there are " + levels);
            }
        }
        return Seating.of(attribute, chosen.isEmpty() ? levels : chosen);
    }

    /// Who has a seat, in the order of stakeholders.
    Seating seating() {
        return seating;
    }

    /// Which cells had too few people for a seat of their own, if any had.
    Optional<Issue> joined() {
        return joined;
    }

    // cells in the order of their levels; the seat of a first level comes after the cells that did not join it
    private static StudySeats crossed(Judgments judgments, Seats wanted) {
        var attributes = wanted.attributes();
        var people = people(judgments, attributes);
        var seats = new LinkedHashMap<String, Seat>();
        var joined = new ArrayList<String>();
        for (var first : levels(judgments, attributes.getFirst())) {
            boolean shares = false;
            for (var cell : people.entrySet()) {
                if (!cell.getKey().getFirst().equals(first)) {
                    continue;
                }
                var name = String.join(CROSS, cell.getKey());
                if (cell.getValue().cardinality() < wanted.leastPeople()) {
                    joined.add(name);
                    shares = true;
                } else {
                    var levels = new HashMap<String, String>();
                    IntStream.range(0, attributes.size())
                            .forEach(a ->
                                    levels.put(attributes.get(a), cell.getKey().get(a)));
                    seats.put(name, new Seat(name, levels));
                }
            }
            if (shares) {
                seats.put(first, Seat.of(attributes.getFirst(), first));
            }
        }
        var seating = new Seating(Seating.Level.GROUP, List.copyOf(seats.values()), wanted.leastPeople());
        return new StudySeats(seating, joined.isEmpty() ? Optional.empty() : Optional.of(note(joined, wanted)));
    }

    private static Issue note(List<String> joined, Seats wanted) {
        return Issue.note(
                "SEATS_JOINED",
                (joined.size() == 1 ? "1 group" : joined.size() + " groups") + " of fewer than " + wanted.leastPeople()
                        + (joined.size() == 1 ? " people shares the seat of its " : " people share the seat of their ")
                        + wanted.attributes().getFirst() + ": " + String.join(", ", joined),
                "seats");
    }

    // who is in each cell, in the order of the attributes' levels
    private static Map<List<String>, BitSet> people(Judgments judgments, List<String> attributes) {
        var columns =
                attributes.stream().mapToInt(judgments.judges()::attribute).toArray();
        var cells = new TreeMap<List<Integer>, BitSet>(StudySeats::compare);
        for (int n = 0; n < judgments.count(); n++) {
            int judgment = n;
            var cell = IntStream.of(columns)
                    .mapToObj(column -> judgments.level(judgment, column))
                    .toList();
            if (!cell.contains(-1)) {
                cells.computeIfAbsent(cell, _ -> new BitSet()).set(judgments.judge(n));
            }
        }
        var named = new LinkedHashMap<List<String>, BitSet>();
        cells.forEach((cell, people) -> named.put(
                IntStream.range(0, columns.length)
                        .mapToObj(a -> levels(judgments, attributes.get(a)).get(cell.get(a)))
                        .toList(),
                people));
        return named;
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        return IntStream.range(0, one.size())
                .map(a -> Integer.compare(one.get(a), other.get(a)))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }

    private static List<String> levels(Judgments judgments, String attribute) {
        return judgments.judges().levels(judgments.judges().attribute(attribute));
    }

    private static void requireRead(Judgments judgments, String attribute) {
        if (judgments.judges().attribute(attribute) < 0) {
            var read = judgments.judges().attributes().stream()
                    .map(Judges.GroupAttribute::name)
                    .toList();
            throw new AlignmentException(
                    COLUMN_MISSING,
                    "no attribute '" + attribute + "' to give seats by; the source read "
                            + (read.isEmpty() ? "none" : String.join(", ", read))
                            + "; name one of them or leave 'seats' out: then everyone shares one");
        }
    }

    private static void requireWeights(Seats wanted, List<String> seats) {
        for (var weighted : wanted.weights().keySet()) {
            if (!seats.contains(weighted)) {
                throw new AlignmentException(
                        VALUE_INVALID,
                        "a weight for '" + weighted + "', which has no seat" + NearestName.hint(weighted, seats)
                                + "; seats are " + seats);
            }
        }
    }
}
