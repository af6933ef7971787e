package org.polyphony.spi.preference;

import java.util.List;

/// What judges said about candidates of items, one table in columns.
///
/// Judgment n is of form [#form(int)], answers criterion [#criterion(int)] and consists of its [#entries];
/// each is a candidate *of the item* and a value, **higher is preferred and equal is a tie**: a pair is
/// `(i, 1) (k, 0)`, or `(i, 0.5) (k, 0.5)` for a tie; a ranking has the negated rank; a rating the rating;
/// an approval 1 (approve), 0 (disapprove), 0.5 (pass). A label is a value on its criterion's scale: where
/// that is nominal, no value is preferred.
///
/// What is better by one criterion may be worse by another, so nothing is compared across criteria. A study
/// aligns with one: the engine refuses comparisons by several.
///
/// @param candidates what was judged
/// @param judges who judged
/// @param criteria the questions that judgments answer, one or more
/// @param columns what is said once of every judgment, shape (N)
/// @param entries the candidates that judgments name
public record Judgments(
        Candidates candidates, Judges judges, List<Criterion> criteria, JudgmentColumns columns, Entries entries) {

    public Judgments {
        criteria = List.copyOf(criteria);
        long n = columns.form().size();
        if (columns.levels().size() != n * judges.attributes().size()
                || entries.offsets().size() != n + 1
                || criteria.isEmpty()) {
            throw new IllegalArgumentException("the columns of " + n + " judgments do not fit together: levels "
                    + columns.levels() + " of " + judges.attributes().size() + " attributes, offsets "
                    + entries.offsets() + ", " + criteria.size() + " criteria");
        }
    }

    /// Judgments of which answer is better, and of nothing else.
    public static Judgments of(Candidates candidates, Judges judges, JudgmentColumns columns, Entries entries) {
        return new Judgments(candidates, judges, List.of(Criterion.preference()), columns, entries);
    }

    /// The same with these criteria.
    public Judgments withCriteria(List<Criterion> known) {
        return new Judgments(candidates, judges, known, columns, entries);
    }

    /// How many judgments there are.
    public int count() {
        return Math.toIntExact(columns.form().size());
    }

    /// The form of judgment `n`.
    public JudgmentForm form(int n) {
        return JudgmentForm.ofCode(columns.form().getByte(n));
    }

    /// The index of the criterion that judgment `n` answers.
    public int criterion(int n) {
        return columns.criterion().getInt(n);
    }

    /// The index of the item that judgment `n` is about.
    public int item(int n) {
        return columns.item().getInt(n);
    }

    /// The index of the judge of judgment `n`.
    public int judge(int n) {
        return columns.judge().getInt(n);
    }

    /// The weight of judgment `n`.
    public double weight(int n) {
        return columns.weight().getDouble(n);
    }

    /// The level of attribute `attribute` at judgment `n`, or -1 where blank.
    public int level(int n, int attribute) {
        return columns.levels().getInt((long) n * judges.attributes().size() + attribute);
    }
}
