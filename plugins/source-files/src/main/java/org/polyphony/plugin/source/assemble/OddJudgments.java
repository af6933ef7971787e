package org.polyphony.plugin.source.assemble;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.support.settings.NearestName;

/// What is odd in judgments that can be read: it is kept, and said.
final class OddJudgments {

    private static final Set<String> BLANK_LOOKING =
            Set.of("", "-", "n/a", "na", "nan", "nil", "null", "undefined", "<na>", "#n/a");

    private final PluginContext context;
    private final Judgments table;

    OddJudgments(PluginContext context, Judgments table) {
        this.context = context;
        this.table = table;
    }

    /// Reports everything odd.
    ///
    /// @param unjudged how many items have candidates but no judgment
    void report(int unjudged, List<Attribute> attributes) {
        if (unjudged > 0) {
            warn("ITEM_UNJUDGED", unjudged + " items have candidates but no judgment and are left out", "");
        }
        if (table.judges().count() == 1) {
            warn(
                    "ANNOTATOR_SINGLE",
                    "all judgments are by one annotator, "
                            + table.judges().ids().getFirst() + ": nothing can be held out or resampled by judge",
                    "");
        }
        singleCandidates();
        unjudgedCandidates();
        duplicates();
        for (Attribute attribute : attributes) {
            if (!attribute.missing().isEmpty()) {
                context.report(Issue.note(
                        "ATTRIBUTE_MISSING",
                        "attribute " + attribute.name() + " says " + NearestName.list(attribute.missing())
                                + ", which is read as blank; list it in 'levels' if it is a group",
                        ""));
            }
            if (attribute.levelCount() == 0) {
                warn(
                        "ATTRIBUTE_BLANK",
                        "attribute " + attribute.name() + " is blank everywhere: no group has a seat",
                        "");
            } else if (attribute.blank() > 0) {
                context.report(Issue.note(
                        "ATTRIBUTE_BLANK",
                        "attribute " + attribute.name() + " is blank in " + attribute.blank()
                                + " rows; they inform the population and have no seat",
                        ""));
            }
        }
        levelsThatLookBlank();
    }

    // kept, because a level may well be called so: NA is Namibia
    private void levelsThatLookBlank() {
        for (var attribute : table.judges().attributes()) {
            var odd = attribute.levels().stream()
                    .filter(level -> BLANK_LOOKING.contains(level.strip().toLowerCase(Locale.ROOT)))
                    .toList();
            if (!odd.isEmpty()) {
                context.report(Issue.note(
                        "LEVEL_LOOKS_BLANK",
                        "attribute " + attribute.name() + " has the level " + NearestName.list(odd)
                                + ", which counts as an answer; name it in blanks if it means none",
                        attribute.name()));
            }
        }
    }

    private void singleCandidates() {
        var candidates = table.candidates();
        List<String> single = IntStream.range(0, candidates.items().size())
                .filter(item -> candidates.count(item) == 1)
                .mapToObj(candidates.items()::get)
                .toList();
        if (!single.isEmpty()) {
            warn(
                    "CANDIDATE_SINGLE",
                    single.size() + " items have one candidate, so there is nothing to choose: "
                            + NearestName.list(single),
                    single.getFirst());
        }
    }

    private void unjudgedCandidates() {
        var candidates = table.candidates();
        boolean[] judged = new boolean[candidates.ids().size()];
        for (int n = 0; n < table.count(); n++) {
            int first = candidates.first(table.item(n));
            for (int e = table.entries().first(n); e < table.entries().end(n); e++) {
                judged[first + table.entries().candidate(e)] = true;
            }
        }
        long never = IntStream.range(0, judged.length).filter(c -> !judged[c]).count();
        if (never > 0) {
            warn(
                    "CANDIDATE_UNJUDGED",
                    never + " of " + judged.length + " candidates were never judged: nothing is known of them",
                    "");
        }
    }

    // 64-bit keys: among 10^7 judgments a false duplicate has probability 3e-6, and would only warn
    private void duplicates() {
        long[] keys = new long[table.count()];
        for (int n = 0; n < keys.length; n++) {
            long sum = 0;
            for (int e = table.entries().first(n); e < table.entries().end(n); e++) {
                long value = Double.doubleToLongBits(table.entries().value(e));
                // a sum, because the order in which candidates are named says nothing
                sum += mix(table.entries().candidate(e) + mix(value));
            }
            keys[n] = mix(sum
                    ^ mix(table.item(n)
                            + mix(table.judge(n)
                                    + 31L * (table.columns().form().getByte(n) + 31L * table.criterion(n)))));
        }
        Arrays.sort(keys);
        long repeated = IntStream.range(1, keys.length)
                .filter(n -> keys[n] == keys[n - 1])
                .count();
        if (repeated > 0) {
            warn(
                    "JUDGMENT_DUPLICATE",
                    repeated + " of " + keys.length + " judgments repeat what the same annotator already said of the"
                            + " same candidates; they count again, remove them if they are an error of export",
                    "");
        }
    }

    private void warn(String code, String message, String location) {
        context.report(Issue.warning(code, message, location));
    }

    // the finaliser of SplitMix64
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
