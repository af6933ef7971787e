package org.polyphony.spi.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.polyphony.spi.context.KeyedRandom;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.Tensor;

/// Writes judgments by hand, one line each, and draws seeded ones. On the heap; pass them through
/// [TestContext#share] to see them as a plugin does.
///
/// {@snippet :
/// var judgments = TestJudgments.about(TestJudgments.candidates(3, 2), 4, "role", "nurse", "patient")
///         .pair(0, 1, 0, 2, 1)            // item 0, annotator 1, a nurse: prefers candidate 2 to 1
///         .ranking(1, 3, -1, 1, 0)        // item 1, annotator 3, blank role: 1 before 0
///         .build();
/// }
public final class TestJudgments {

    private static final int BLANK = -1;

    private final Candidates candidates;
    private final List<String> annotators;
    private final GroupAttribute attribute;
    private final List<Row> rows = new ArrayList<>();

    private TestJudgments(Candidates candidates, int annotators, GroupAttribute attribute) {
        this.candidates = candidates;
        this.annotators = ids("judge", annotators);
        this.attribute = attribute;
    }

    /// No judgments yet, of `annotators` annotators who are asked one attribute with these levels.
    public static TestJudgments about(Candidates candidates, int annotators, String attribute, String... levels) {
        return new TestJudgments(candidates, annotators, new GroupAttribute(attribute, List.of(levels)));
    }

    /// Items with as many candidates as the arguments say, one argument per item. Ids and texts tell which is
    /// which.
    public static Candidates candidates(int... counts) {
        var offsets = new int[counts.length + 1];
        var ids = new ArrayList<String>();
        var texts = new ArrayList<String>();
        for (int b = 0; b < counts.length; b++) {
            for (int k = 0; k < counts[b]; k++) {
                ids.add(String.format(Locale.ROOT, "item%04d-answer%03d", b, k));
                texts.add("answer " + k + " to question " + b);
            }
            offsets[b + 1] = ids.size();
        }
        var prompts =
                IntStream.range(0, counts.length).mapToObj(b -> "question " + b).toList();
        return Candidates.of(ids("item", counts.length), prompts, ids, texts, offsets);
    }

    /// One item with its candidates, without the others.
    public static Candidates only(Candidates candidates, int item) {
        int first = candidates.first(item);
        int count = candidates.count(item);
        return new Candidates(
                List.of(candidates.items().get(item)),
                candidates.ids().subList(first, first + count),
                Tensor.ofInts(new int[] {0, count}, 2),
                List.of(candidates.contexts().get(item)),
                candidates.completions().subList(first, first + count),
                candidates.declaredUnsafe().slice(first, count),
                new Candidates.Attributes(
                        cut(candidates.attributes().ofItems(), item, 1),
                        cut(candidates.attributes().ofCandidates(), first, count)));
    }

    private static List<Candidates.Attribute> cut(List<Candidates.Attribute> columns, int from, int count) {
        return columns.stream()
                .map(column ->
                        new Candidates.Attribute(column.name(), column.values().subList(from, from + count)))
                .toList();
    }

    /// Adds: the annotator prefers one candidate of the item to another.
    ///
    /// @param level index of the annotator's level, -1 for blank
    public TestJudgments pair(int item, int annotator, int level, int preferred, int other) {
        return add(JudgmentForm.PAIR, item, annotator, level, new int[] {preferred, other}, 1, 0);
    }

    /// Adds: the annotator finds two candidates equally good.
    public TestJudgments tie(int item, int annotator, int level, int one, int other) {
        return add(JudgmentForm.PAIR, item, annotator, level, new int[] {one, other}, 0.5, 0.5);
    }

    /// Adds: the annotator orders candidates, best first, without ties.
    public TestJudgments ranking(int item, int annotator, int level, int... best) {
        var values =
                IntStream.range(0, best.length).mapToDouble(rank -> -rank - 1.0).toArray();
        return add(JudgmentForm.RANKING, item, annotator, level, best, values);
    }

    /// Adds: the annotator gives candidates 0, 1, 2, … these numbers, higher is better.
    public TestJudgments rating(int item, int annotator, int level, double... ratings) {
        return add(
                JudgmentForm.RATING,
                item,
                annotator,
                level,
                IntStream.range(0, ratings.length).toArray(),
                ratings);
    }

    /// Adds: the annotator approves (1), disapproves (0) or passes (0.5) on candidates 0, 1, 2, …
    public TestJudgments approval(int item, int annotator, int level, double... votes) {
        return add(
                JudgmentForm.APPROVAL,
                item,
                annotator,
                level,
                IntStream.range(0, votes.length).toArray(),
                votes);
    }

    /// Adds: the annotator gives one candidate a value on the criterion's scale.
    public TestJudgments label(int item, int annotator, int level, int candidate, double value) {
        return add(JudgmentForm.LABEL, item, annotator, level, new int[] {candidate}, value);
    }

    /// The judgments so far, in the order in which they were added, each of weight 1.
    public Judgments build() {
        int n = rows.size();
        var offsets = new int[n + 1];
        for (int i = 0; i < n; i++) {
            offsets[i + 1] = offsets[i] + rows.get(i).entries.length;
        }
        var forms = new byte[n];
        for (int i = 0; i < n; i++) {
            forms[i] = rows.get(i).form.code();
        }
        var weights = new double[n];
        Arrays.fill(weights, 1);
        var entries =
                rows.stream().flatMapToInt(row -> Arrays.stream(row.entries)).toArray();
        var values =
                rows.stream().flatMapToDouble(row -> Arrays.stream(row.values)).toArray();
        return Judgments.of(
                candidates,
                new Judges(annotators, List.of(attribute)),
                JudgmentColumns.of(
                        Tensor.ofBytes(forms, n),
                        Tensor.ofInts(rows.stream().mapToInt(Row::item).toArray(), n),
                        Tensor.ofInts(rows.stream().mapToInt(Row::annotator).toArray(), n),
                        Tensor.ofInts(rows.stream().mapToInt(Row::level).toArray(), n, 1),
                        Tensor.ofDoubles(weights, n)),
                new Entries(
                        Tensor.ofInts(offsets, n + 1),
                        Tensor.ofInts(entries, entries.length),
                        Tensor.ofDoubles(values, values.length),
                        true));
    }

    /// Seeded pairs: each of the attribute's levels values the candidates differently, annotators follow
    /// their level's Bradley-Terry utilities, one judgment in ten is a tie and one in ten has a blank level.
    ///
    /// @param judgments how many to draw
    public static Judgments random(long seed, Candidates candidates, int annotators, int judgments, String... levels) {
        var built = about(candidates, annotators, "group", levels);
        var utilities = utilities(seed, candidates.ids().size(), levels.length);
        for (int n = 0; n < judgments; n++) {
            var random = KeyedRandom.of(seed, "testkit.judgments", n);
            int item = random.nextInt(candidates.items().size());
            int annotator = random.nextInt(annotators);
            int count = candidates.count(item);
            if (count < 2) {
                continue;
            }
            int one = random.nextInt(count);
            int other = (one + 1 + random.nextInt(count - 1)) % count;
            int level = annotator % levels.length;
            var own = utilities[level];
            double margin = own[candidates.first(item) + one] - own[candidates.first(item) + other];
            int shown = random.nextInt(10) == 0 ? BLANK : level;
            if (random.nextInt(10) == 0) {
                built.tie(item, annotator, shown, one, other);
            } else if (random.nextDouble() < 1 / (1 + Math.exp(-margin))) {
                built.pair(item, annotator, shown, one, other);
            } else {
                built.pair(item, annotator, shown, other, one);
            }
        }
        return built.build();
    }

    /// The same judgments in the order `order[0], order[1], …`; fewer indices keep fewer judgments.
    public static Judgments reordered(Judgments judgments, int... order) {
        int width = judgments.judges().attributes().size();
        int n = order.length;
        var offsets = new int[n + 1];
        for (int i = 0; i < n; i++) {
            offsets[i + 1] = offsets[i] + judgments.entries().count(order[i]);
        }
        var candidates = new int[offsets[n]];
        var values = new double[offsets[n]];
        var forms = new byte[n];
        var levels = new int[n * width];
        for (int i = 0; i < n; i++) {
            forms[i] = judgments.form(order[i]).code();
            int count = judgments.entries().count(order[i]);
            System.arraycopy(judgments.entries().candidates(order[i]), 0, candidates, offsets[i], count);
            System.arraycopy(judgments.entries().values(order[i]), 0, values, offsets[i], count);
            for (int g = 0; g < width; g++) {
                levels[i * width + g] = judgments.level(order[i], g);
            }
        }
        var weights = Arrays.stream(order).mapToDouble(judgments::weight).toArray();
        var columns = new JudgmentColumns(
                Tensor.ofBytes(forms, n),
                picked(order, judgments::criterion),
                picked(order, judgments::item),
                picked(order, judgments::judge),
                Tensor.ofInts(levels, n, width),
                Tensor.ofDoubles(weights, n),
                judgments
                        .columns()
                        .time()
                        .map(times -> Tensor.ofLongs(
                                Arrays.stream(order).mapToLong(times::getLong).toArray(), n)));
        var entries = new Entries(
                Tensor.ofInts(offsets, n + 1),
                Tensor.ofInts(candidates, candidates.length),
                Tensor.ofDoubles(values, values.length),
                judgments.entries().ordered());
        return new Judgments(judgments.candidates(), judgments.judges(), judgments.criteria(), columns, entries);
    }

    private static Tensor picked(int[] order, IntUnaryOperator column) {
        return Tensor.ofInts(Arrays.stream(order).map(column).toArray(), order.length);
    }

    /// Weights of `count` judgments, 1 each, with the last of every `each` held out; none if `each` is 0.
    public static Tensor training(int count, int each) {
        var weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = each != 0 && i % each == each - 1 ? 0 : 1;
        }
        return Tensor.ofDoubles(weights, count);
    }

    /// The same judgments, whose annotators are asked one attribute more: its levels in turn.
    public static Judgments withAttribute(Judgments judgments, String name, String... levels) {
        int columns = judgments.judges().attributes().size();
        int n = judgments.count();
        var answers = new int[n * (columns + 1)];
        for (int i = 0; i < n; i++) {
            for (int g = 0; g < columns; g++) {
                answers[i * (columns + 1) + g] = judgments.level(i, g);
            }
            answers[i * (columns + 1) + columns] = judgments.judge(i) / 2 % levels.length;
        }
        var attributes = new ArrayList<>(judgments.judges().attributes());
        attributes.add(new GroupAttribute(name, List.of(levels)));
        return new Judgments(
                judgments.candidates(),
                new Judges(judgments.judges().ids(), attributes),
                judgments.criteria(),
                judgments.columns().withLevels(Tensor.ofInts(answers, n, columns + 1)),
                judgments.entries());
    }

    /// The same judgments, with the values of those held out negated around 1/2.
    public static Judgments withHeldOutReversed(Judgments judgments, Tensor training) {
        var values = judgments.entries().value().toDoubles();
        for (int n = 0; n < judgments.count(); n++) {
            for (int e = judgments.entries().first(n); e < judgments.entries().end(n); e++) {
                values[e] = training.getDouble(n) > 0 ? values[e] : 1 - values[e];
            }
        }
        var entries = judgments.entries();
        return new Judgments(
                judgments.candidates(),
                judgments.judges(),
                judgments.criteria(),
                judgments.columns(),
                new Entries(
                        entries.offsets(),
                        entries.candidate(),
                        Tensor.ofDoubles(values, values.length),
                        entries.ordered()));
    }

    private static double[][] utilities(long seed, int candidates, int levels) {
        var utilities = new double[levels][candidates];
        for (int level = 0; level < levels; level++) {
            var random = KeyedRandom.of(seed, "testkit.utilities", level);
            for (int m = 0; m < candidates; m++) {
                utilities[level][m] = random.nextGaussian();
            }
        }
        return utilities;
    }

    private TestJudgments add(JudgmentForm form, int item, int annotator, int level, int[] entries, double... values) {
        rows.add(new Row(form, item, annotator, level, entries, values));
        return this;
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%s%04d", prefix, i))
                .toList();
    }

    private record Row(JudgmentForm form, int item, int annotator, int level, int[] entries, double[] values) {}
}
