package org.polyphony.spi.preference;

import java.util.List;
import java.util.Optional;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// Judgments of annotators about candidates of items, one columnar table.
///
/// Judgment n is of form `forms[n]` and consists of the entries `offsets[n] … offsets[n+1]-1`; each entry
/// is a candidate *of the item* and a value, **higher is preferred and equal is a tie**: a pair is `(i, 1)
/// (k, 0)`, or `(i, 0.5) (k, 0.5)` for a tie; a ranking has the negated rank; a rating the rating; an
/// approval 1 (approve), 0 (disapprove), 0.5 (pass).
///
/// @param candidates what was judged
/// @param annotators ids of the annotators, in byte order, shape (J)
/// @param attributes what is known of the annotators at the time of each judgment, for example their
///     stance; shape (G)
/// @param forms UINT8, codes of [JudgmentForm], shape (N)
/// @param items INT32, index into the items, shape (N)
/// @param annotator INT32, index into the annotators, shape (N)
/// @param levels INT32, index into the attribute's levels, -1 where blank, shape (N, G)
/// @param offsets INT32, first entry of each judgment, shape (N+1), ascending from 0 to E
/// @param entries INT32, candidate of the item, shape (E)
/// @param values FLOAT64, finite, shape (E)
/// @param weights FLOAT64, positive, shape (N)
/// @param times INT64, milliseconds since 1970-01-01 UTC, shape (N); absent where unknown
public record Judgments(
        Candidates candidates,
        List<String> annotators,
        List<GroupAttribute> attributes,
        Tensor forms,
        Tensor items,
        Tensor annotator,
        Tensor levels,
        Tensor offsets,
        Tensor entries,
        Tensor values,
        Tensor weights,
        Optional<Tensor> times) {

    public Judgments {
        annotators = List.copyOf(annotators);
        attributes = List.copyOf(attributes);
        long n = forms.size();
        if (forms.type() != ElementType.UINT8
                || items.size() != n
                || annotator.size() != n
                || levels.size() != n * attributes.size()
                || offsets.size() != n + 1
                || entries.size() != values.size()
                || weights.size() != n) {
            throw new IllegalArgumentException("the columns of " + n + " judgments do not fit together: items " + items
                    + ", annotator " + annotator + ", levels " + levels + ", offsets " + offsets + ", entries "
                    + entries
                    + ", values " + values + ", weights " + weights);
        }
    }

    /// A table of these columns, without times.
    public static Judgments of(
            Candidates candidates,
            List<String> annotators,
            List<GroupAttribute> attributes,
            Tensor forms,
            Tensor items,
            Tensor annotator,
            Tensor levels,
            Tensor offsets,
            Tensor entries,
            Tensor values,
            Tensor weights) {
        return new Judgments(
                candidates,
                annotators,
                attributes,
                forms,
                items,
                annotator,
                levels,
                offsets,
                entries,
                values,
                weights,
                Optional.empty());
    }

    /// The same with times, INT64, shape (N).
    public Judgments withTimes(Tensor known) {
        return new Judgments(
                candidates,
                annotators,
                attributes,
                forms,
                items,
                annotator,
                levels,
                offsets,
                entries,
                values,
                weights,
                Optional.of(known));
    }

    /// How many judgments there are.
    public int count() {
        return Math.toIntExact(forms.size());
    }

    /// The form of judgment `n`.
    public JudgmentForm form(int n) {
        return JudgmentForm.ofCode(forms.getByte(n));
    }

    /// The index of the attribute called `name`, or -1.
    public int attribute(String name) {
        for (int g = 0; g < attributes.size(); g++) {
            if (attributes.get(g).name().equals(name)) {
                return g;
            }
        }
        return -1;
    }

    /// The level of attribute `attribute` at judgment `n`, or -1 where blank.
    public int level(int n, int attribute) {
        return levels.getInt((long) n * attributes.size() + attribute);
    }

    /// Something known of annotators: a question with a few answers.
    ///
    /// @param name the column's name, for example `stance`
    /// @param levels its answers, in the order of their indices
    public record GroupAttribute(String name, List<String> levels) {

        public GroupAttribute {
            levels = List.copyOf(levels);
        }
    }
}
