package org.polyphony.plugin.source.files.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.JudgmentForm;

/// The rows of one annotator about one item, until they make one judgment.
///
/// Of several rows about one candidate the latest counts: by time, and where there is none or times are the
/// same, by place in the files. The judgment's time is that of the latest row that counts, an attribute is
/// what the rows say that are not blank; a weight or an attribute that differs between rows that count is
/// an error. Rows about one candidate come one after the other.
final class OpenJudgment {

    private final Assembly assembly;
    private final JudgmentForm form;
    private final boolean timed;
    private final List<Entry> entries = new ArrayList<>();
    private final Replaced repeated = new Replaced();
    private final Replaced changed = new Replaced();
    private @Nullable Key key;
    private @Nullable Row places;

    /// Whose judgment it is.
    ///
    /// @param item its number
    record Key(int item, String who) {}

    /// What one row says.
    ///
    /// @param levels one per attribute
    /// @param position where the row stands
    record Entry(int candidate, double value, int[] levels, double weight, long time, long position) {

        boolean isAfter(Entry other) {
            return time != other.time ? time > other.time : position > other.position;
        }
    }

    private static final class Replaced {
        private long rows;
        private String first = "";
    }

    OpenJudgment(Assembly assembly, JudgmentForm form, boolean timed) {
        this.assembly = assembly;
        this.form = form;
        this.timed = timed;
    }

    /// Adds a row, which begins a judgment if it is not about what the rows before are about.
    ///
    /// @param row tells where rows stand
    void add(Key of, Entry entry, Row row) {
        if (!of.equals(key)) {
            close();
            key = of;
            places = row;
        }
        Entry last = entries.isEmpty() ? null : entries.getLast();
        if (last == null || last.candidate != entry.candidate) {
            entries.add(entry);
            return;
        }
        boolean later = entry.isAfter(last);
        Entry kept = later ? entry : last;
        Entry gone = later ? last : entry;
        Replaced how = kept.value == gone.value && kept.time == gone.time ? repeated : changed;
        if (how.rows++ == 0) {
            how.first = row.place(gone.position) + " by " + row.place(kept.position);
        }
        entries.set(entries.size() - 1, kept);
    }

    /// Makes the judgment of the rows so far, if there are any.
    void close() {
        Key of = key;
        Row row = places;
        if (of == null || row == null) {
            return;
        }
        Entry first = entries.getFirst();
        int[] levels = first.levels.clone();
        long time = first.time;
        for (Entry entry : entries) {
            if (entry.weight != first.weight) {
                throw differ(of, row, "weight", first, entry, first.weight + " and " + entry.weight);
            }
            for (int g = 0; g < levels.length; g++) {
                if (levels[g] == Attribute.BLANK) {
                    levels[g] = entry.levels[g];
                } else if (entry.levels[g] != Attribute.BLANK && entry.levels[g] != levels[g]) {
                    Attribute attribute = assembly.attributes().get(g);
                    String values = attribute.levelName(levels[g]) + " and " + attribute.levelName(entry.levels[g]);
                    throw differ(of, row, attribute.name(), withLevel(g), entry, values);
                }
            }
            time = Math.max(time, entry.time);
        }
        assembly.begin(form, of.item, of.who, levels, first.weight, time);
        entries.forEach(entry -> assembly.entry(entry.candidate, entry.value));
        assembly.end();
        entries.clear();
        key = null;
    }

    /// Reports what was replaced.
    void report(PluginContext context) {
        if (repeated.rows > 0) {
            context.report(Issue.warning(
                    "JUDGMENT_DUPLICATE",
                    repeated.rows + " rows repeat another row of the same annotator about the same candidate and count"
                            + " once; the first is replaced: " + repeated.first,
                    ""));
        }
        if (changed.rows > 0 && timed) {
            context.report(Issue.note(
                    "JUDGMENT_REPLACED",
                    changed.rows + " rows are replaced by a later one of the same annotator about the same candidate;"
                            + " the first is replaced: " + changed.first,
                    ""));
        } else if (changed.rows > 0) {
            context.report(Issue.warning(
                    "JUDGMENT_REPLACED",
                    changed.rows + " rows are replaced by a row further down of the same annotator about the same"
                            + " candidate, because no column is named in 'time' that would say which is the later one;"
                            + " the first is replaced: " + changed.first,
                    ""));
        }
    }

    private Entry withLevel(int attribute) {
        return entries.stream()
                .filter(entry -> entry.levels[attribute] != Attribute.BLANK)
                .findFirst()
                .orElseThrow();
    }

    private AlignmentException differ(Key of, Row row, String what, Entry one, Entry other, String values) {
        return new AlignmentException(
                StandardErrorCode.VALUE_INVALID,
                row.place(one.position) + " and " + row.place(other.position) + ": the rows of " + of.who
                        + " about " + assembly.catalogue().itemId(of.item) + " make one judgment, but their " + what
                        + " is " + values + "; give both rows the same");
    }
}
