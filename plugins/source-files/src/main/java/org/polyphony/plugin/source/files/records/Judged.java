package org.polyphony.plugin.source.files.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.plugin.source.files.table.Times;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.JudgmentForm;

/// Judgments of records, kept until all are read: the order of records, and how they are divided into files,
/// change nothing.
final class Judged {

    private final Assembly assembly;
    private final List<Judgment> judgments = new ArrayList<>();

    private record Judgment(
            int item, String who, List<String> groups, int[] levels, double weight, long time, Ranking ranking) {}

    /// Candidates of one item in order.
    ///
    /// @param candidates their numbers in the catalogue
    /// @param ranks one per candidate, lower is better, equal is a tie
    record Ranking(int[] candidates, int[] ranks) {

        private boolean isPair() {
            return candidates.length == 2;
        }

        // a pair's values are 1 and 0, or one half each; a ranking's are the negated ranks
        private double value(int i) {
            return isPair() ? ranks[0] == ranks[1] ? 0.5 : ranks[i] < ranks[1 - i] ? 1 : 0 : -ranks[i];
        }
    }

    Judged(Assembly assembly) {
        this.assembly = assembly;
        // records list the best first
        assembly.orderUnknown();
    }

    /// Keeps a judgment.
    ///
    /// @param groups where the values of attributes stand
    /// @param time the text of its time; empty if judgments have none
    void add(JsonRecord record, int item, String who, Groups groups, double weight, String time, Ranking ranking) {
        long milliseconds = 0;
        if (!time.isEmpty()) {
            try {
                milliseconds = Times.milliseconds(time);
            } catch (java.time.DateTimeException e) {
                throw record.refused("the time is " + time + "; " + e.getMessage());
            }
        }
        judgments.add(new Judgment(
                item, who, groups.texts(record), groups.levels(record, assembly), weight, milliseconds, ranking));
    }

    /// Where the values of attributes stand in a record.
    ///
    /// @param columns the attributes
    record Groups(List<AttributeColumn> columns) {

        private List<String> texts(JsonRecord record) {
            return columns.stream().map(column -> text(record, column)).toList();
        }

        private static String text(JsonRecord record, AttributeColumn column) {
            var text = record.text(column.source());
            return text == null ? "" : text;
        }

        private int[] levels(JsonRecord record, Assembly assembly) {
            int[] levels = new int[columns.size()];
            for (int g = 0; g < levels.length; g++) {
                try {
                    levels[g] = assembly.attributes().get(g).level(text(record, columns.get(g)));
                } catch (AlignmentException e) {
                    throw record.refused(String.valueOf(e.getMessage()));
                }
            }
            return levels;
        }
    }

    /// Gives the assembly all judgments, sorted by what they say.
    void assemble() {
        Catalogue catalogue = assembly.catalogue();
        judgments.sort(Comparator.<Judgment, String>comparing(one -> catalogue.itemId(one.item()), ByteOrder::compare)
                .thenComparing(Judgment::who, ByteOrder::compare)
                .thenComparing(Judgment::groups, Judged::compareTexts)
                .thenComparingDouble(Judgment::weight)
                .thenComparingLong(Judgment::time)
                .thenComparing(this::said, ByteOrder::compare));
        for (var one : judgments) {
            var ranking = one.ranking();
            assembly.begin(
                    ranking.isPair() ? JudgmentForm.PAIR : JudgmentForm.RANKING,
                    one.item(),
                    one.who(),
                    one.levels(),
                    one.weight(),
                    one.time());
            for (int i = 0; i < ranking.candidates().length; i++) {
                assembly.entry(ranking.candidates()[i], ranking.value(i));
            }
            assembly.end();
        }
    }

    private String said(Judgment one) {
        var text = new StringBuilder();
        for (int i = 0; i < one.ranking().candidates().length; i++) {
            text.append(assembly.catalogue().candidateId(one.ranking().candidates()[i]))
                    .append(' ')
                    .append(one.ranking().ranks()[i])
                    .append(' ');
        }
        return text.toString();
    }

    private static int compareTexts(List<String> left, List<String> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = ByteOrder.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
