package org.polyphony.engine.run;

import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.profile.Seating;

/// How often judgments compare two candidates of one item, by item and by seat. A judgment
/// of m candidates makes m(m − 1)/2 comparisons, ties included.
public final class Comparisons {

    private final Judgments judgments;
    private final long[][] counts;
    private final BitSet known = new BitSet();

    private Comparisons(Judgments judgments, Seating seating) {
        this.judgments = judgments;
        counts = new long[judgments.candidates().items().size()][seating.seats().size() + 1];
    }

    /// Counts the judgments that are chosen.
    ///
    /// @param seating who is told apart
    public static Comparisons of(Judgments judgments, Seating seating, IntPredicate chosen) {
        var comparisons = new Comparisons(judgments, seating);
        var seats = seating.seats(judgments);
        var approved = new int[comparisons.counts.length];
        for (int n = 0; n < judgments.count(); n++) {
            if (!chosen.test(n)) {
                continue;
            }
            int item = judgments.item(n);
            long entries = judgments.entries().count(n);
            var ofItem = comparisons.counts[item];
            ofItem[seats[n] == Seating.NONE ? ofItem.length - 1 : seats[n]] += entries * (entries - 1) / 2;
            if (entries > 1) {
                comparisons.known.set(item);
            } else if (entries == 1 && judgments.form(n) == JudgmentForm.APPROVAL) {
                comparisons.vote(
                        item, judgments.entries().candidate(judgments.entries().first(n)), approved);
            }
        }
        return comparisons;
    }

    /// Makes sure that judgments compare candidates by one criterion only; labels compare nothing, whatever
    /// they are about.
    ///
    /// @param source the plugin that read them, for the message
    /// @throws AlignmentException with code `VALUE_INVALID` if there are several
    static void requireOneCriterion(Judgments judgments, String source) {
        var compared = new BitSet();
        for (int n = 0; n < judgments.count(); n++) {
            if (judgments.form(n) != JudgmentForm.LABEL) {
                compared.set(judgments.criterion(n));
            }
        }
        if (compared.cardinality() > 1) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    "source '" + source + "' read answers to " + compared.cardinality() + " questions: "
                            + compared.stream()
                                    .mapToObj(c -> judgments.criteria().get(c).id())
                                    .collect(Collectors.joining(", "))
                            + ". What is better by one may be worse by another, so a study aligns with one: make a study"
                            + " of each, whose source reads the answers to that question alone");
        }
    }

    // votes on two candidates can be compared even if no one person cast both
    private void vote(int item, int candidate, int[] first) {
        if (first[item] == 0) {
            first[item] = candidate + 1;
        } else if (first[item] != candidate + 1) {
            known.set(item);
        }
    }

    /// How many there are in all.
    public long total() {
        long total = 0;
        for (int item = 0; item < counts.length; item++) {
            total += ofItem(item);
        }
        return total;
    }

    /// How many are about an item.
    public long ofItem(int item) {
        long sum = 0;
        for (long count : counts[item]) {
            sum += count;
        }
        return sum;
    }

    /// How many were made from a seat; the number of seats stands for those without one.
    public long ofSeat(int seat) {
        long sum = 0;
        for (var ofItem : counts) {
            sum += ofItem[seat];
        }
        return sum;
    }

    /// How many about an item were made from a seat.
    public long of(int item, int seat) {
        return counts[item][seat];
    }

    /// Whether anything is known of what anyone prefers among the candidates of an item: a comparison, or
    /// approvals of two of them.
    public boolean anyOf(int item) {
        return known.get(item);
    }

    /// The items of two or more candidates of which nothing is known.
    List<String> unknown() {
        var items = new ArrayList<String>();
        var candidates = judgments.candidates();
        for (int item = 0; item < counts.length; item++) {
            if (!known.get(item) && candidates.count(item) > 1) {
                items.add(candidates.items().get(item));
            }
        }
        return items;
    }

    /// What the user should know, if anything of this is missing somewhere.
    Optional<Issue> issue() {
        return text().map(text -> Issue.warning("COMPARISONS_NONE", text, ""));
    }

    /// The same, said first in the report.
    Optional<Headline> headline() {
        return text().map(
                        text -> Headline.of("data.comparisons", Map.of(), text).with(Headline.Tone.CAUTION));
    }

    private Optional<String> text() {
        var unknown = unknown();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        int items = counts.length;
        if (known.isEmpty()) {
            return Optional.of("Nothing is compared: none of the " + judgments.count()
                    + " judgments is about two candidates of one item. Nobody's preference is known, and no policy is"
                    + " solved.");
        }
        return Optional.of("Nothing is compared on " + unknown.size() + " of " + items + " items ("
                + String.join(", ", unknown.stream().limit(5).toList())
                + (unknown.size() > 5 ? " and others" : "")
                + "): nobody's preference is known there, and no policy is solved for them.");
    }
}
