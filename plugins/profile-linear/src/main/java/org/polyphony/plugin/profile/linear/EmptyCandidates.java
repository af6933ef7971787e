package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Criterion.Kind;
import org.polyphony.spi.preference.Criterion.Scale;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// Candidates of no text, beside such as have one: nothing. What is compared with nothing is judged by itself, so a
/// label or an approval of one candidate is a pair of it and the empty candidate of its item. Its features are 0,
/// whatever
/// an encoder makes of no text, and where there are such, whatever has a text has a column of one: from where on people
/// say yes, which is their own.
final class EmptyCandidates {
    private static final int NONE = -1;

    private EmptyCandidates() {}

    /// Which candidates are empty [M]; none of an item without texts, where they are not known.
    static boolean[] of(Candidates candidates) {
        var texts = candidates.texts();
        var empty = new boolean[texts.size()];
        for (int item = 0; item < candidates.items().size(); item++) {
            int first = candidates.first(item);
            int end = first + candidates.count(item);
            if (IntStream.range(first, end).anyMatch(i -> !texts.get(i).isBlank())) {
                for (int i = first; i < end; i++) {
                    empty[i] = texts.get(i).isBlank();
                }
            }
        }
        return empty;
    }

    /// The same judgments, those of one candidate being of it and the empty one of its item, where there is one; other
    /// labels stay what they are. The order of these two is none in which anything was shown.
    static Judgments compared(Judgments judgments) {
        boolean[] empty = of(judgments.candidates());
        int n = judgments.count();
        int[] against = new int[n];
        Arrays.setAll(against, row -> against(judgments, row, empty));
        if (Arrays.stream(against).allMatch(of -> of == NONE)) {
            return judgments;
        }
        var entries = judgments.entries();
        int[] offsets = new int[n + 1];
        for (int row = 0; row < n; row++) {
            offsets[row + 1] = offsets[row] + (against[row] == NONE ? entries.count(row) : 2);
        }
        byte[] forms = new byte[n];
        int[] candidates = new int[offsets[n]];
        double[] values = new double[offsets[n]];
        for (int row = 0; row < n; row++) {
            System.arraycopy(entries.candidates(row), 0, candidates, offsets[row], entries.count(row));
            System.arraycopy(entries.values(row), 0, values, offsets[row], entries.count(row));
            forms[row] = judgments.form(row).code();
            if (against[row] != NONE) {
                forms[row] = JudgmentForm.RANKING.code();
                candidates[offsets[row] + 1] = against[row];
                values[offsets[row] + 1] = 1 - values[offsets[row]];
            }
        }
        return Judgments.of(
                        judgments.candidates(),
                        judgments.judges(),
                        judgments.columns().withForm(Tensor.ofBytes(forms, n)),
                        Entries.of(
                                Tensor.ofInts(offsets, n + 1),
                                Tensor.ofInts(candidates, candidates.length),
                                Tensor.ofDoubles(values, values.length),
                                entries.ordered()))
                .withCriteria(judgments.criteria());
    }

    /// The empty candidate, of the item, that a judgment of one other is compared with, or none.
    private static int against(Judgments judgments, int row, boolean[] empty) {
        JudgmentForm form = judgments.form(row);
        boolean yesOrNo = form == JudgmentForm.APPROVAL
                || (form == JudgmentForm.LABEL
                        && isYesOrNo(judgments
                                .criteria()
                                .get(judgments.criterion(row))
                                .scale()));
        if (!yesOrNo || judgments.entries().count(row) != 1) {
            return NONE;
        }
        int entry = judgments.entries().first(row);
        double value = judgments.entries().value(entry);
        int first = judgments.candidates().first(judgments.item(row));
        if (empty[first + judgments.entries().candidate(entry)] || value < 0 || value > 1) {
            return NONE;
        }
        return IntStream.range(0, judgments.candidates().count(judgments.item(row)))
                .filter(i -> empty[first + i])
                .findFirst()
                .orElse(NONE);
    }

    private static boolean isYesOrNo(Scale scale) {
        return scale.kind() != Kind.NOMINAL
                && (scale.levels().isEmpty() || scale.levels().size() == 2);
    }

    /// Features of candidates as the basis takes them, row-major: zeros of empty ones and, where something may be
    /// compared with nothing, a last column of ones of the others.
    ///
    /// @param of number of each candidate
    /// @param empty which are empty, of all
    static double[] rows(Tensor features, int[] of, boolean[] empty, boolean threshold) {
        int width = features.dimension(1);
        int wide = width + (threshold ? 1 : 0);
        double[] rows = new double[Math.multiplyExact(of.length, wide)];
        for (int i = 0; i < of.length; i++) {
            if (!empty[of[i]]) {
                System.arraycopy(features.toDoubles((long) of[i] * width, width), 0, rows, i * wide, width);
                if (threshold) {
                    rows[i * wide + width] = 1;
                }
            }
        }
        return rows;
    }
}
