package org.polyphony.plugin.source.assemble;

import static org.polyphony.spi.error.StandardErrorCode.JUDGMENTS_EMPTY;
import static org.polyphony.spi.error.StandardErrorCode.MEMORY_EXHAUSTED;
import static org.polyphony.spi.error.StandardErrorCode.VALUE_INVALID;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.polyphony.plugin.source.naming.ByteOrder;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.TensorAllocator;

/// Judgments while they are read, one after the other: [#begin], [#entry] for each candidate, [#end].
///
/// The result has items, candidates and judges in byte order of their ids and judgments in the order in
/// which they came. Items without a judgment are left out, and reported.
public final class Assembly {

    // 2^31 array limits are far above; this keeps a mistaken file from filling the heap
    private static final int MOST_ENTRIES = 100_000_000;

    private final Catalogue catalogue = new Catalogue();
    private final Ids judges = new Ids();
    private final List<Attribute> attributes;
    private final boolean timed;
    private final GrowingColumns.Ints forms = new GrowingColumns.Ints();
    private final GrowingColumns.Ints items = new GrowingColumns.Ints();
    private final GrowingColumns.Ints judge = new GrowingColumns.Ints();
    private final GrowingColumns.Ints levels = new GrowingColumns.Ints();
    private GrowingColumns.Ints ends = new GrowingColumns.Ints();
    private GrowingColumns.Ints entries = new GrowingColumns.Ints();
    private GrowingColumns.Doubles values = new GrowingColumns.Doubles();
    private final GrowingColumns.Doubles weights = new GrowingColumns.Doubles();
    private final GrowingColumns.Longs times = new GrowingColumns.Longs();
    private boolean ordered = true;
    // the last judgment that named each candidate
    private int[] seenIn = new int[0];

    /// An empty assembly.
    ///
    /// @param timed whether judgments have times
    public Assembly(List<Attribute> attributes, boolean timed) {
        this.attributes = List.copyOf(attributes);
        this.timed = timed;
    }

    /// The items and candidates.
    public Catalogue catalogue() {
        return catalogue;
    }

    /// How many judgments there are.
    public int size() {
        return forms.size();
    }

    /// The attributes, in the order of a judgment's levels.
    public List<Attribute> attributes() {
        return attributes;
    }

    /// Says that candidates come in the order of the answer, whatever order they were shown in.
    public void orderUnknown() {
        ordered = false;
    }

    /// Begins a judgment.
    ///
    /// @param levels one per attribute, as [Attribute#level] gives them
    /// @param weight positive
    /// @param time milliseconds since 1970; ignored if the judgments have no times
    public void begin(JudgmentForm form, int item, String who, int[] levels, double weight, long time) {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    "the weight of a judgment of " + who + " about " + catalogue.itemId(item) + " is " + weight
                            + "; weights are positive and finite");
        }
        forms.add(form.code());
        items.add(item);
        judge.add(judges.add(who));
        for (int level : levels) {
            this.levels.add(level);
        }
        weights.add(weight);
        times.add(time);
    }

    /// Adds a candidate to the judgment, by its number in the catalogue.
    ///
    /// @param value finite, higher is preferred
    public void entry(int candidate, double value) {
        if (!Double.isFinite(value)) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    "the value of candidate " + catalogue.candidateId(candidate) + " is " + value
                            + "; values are finite");
        }
        if (entries.size() == MOST_ENTRIES) {
            throw tooMany();
        }
        entries.add(candidate);
        values.add(value);
    }

    /// Ends the judgment. One about the same candidate twice is an error, and a ranking of less than two.
    public void end() {
        end(2);
    }

    /// Ends the judgment.
    ///
    /// @param fewest how many candidates a ranking has at least
    public void end(int fewest) {
        int from = ends.size() == 0 ? 0 : ends.get(ends.size() - 1);
        int to = entries.size();
        int last = forms.size() - 1;
        if (forms.get(last) == JudgmentForm.RANKING.code() && to - from < fewest) {
            throw new AlignmentException(
                    VALUE_INVALID,
                    "a ranking of " + judges.names().get(judge.get(last)) + " about "
                            + catalogue.itemId(items.get(last)) + " has " + (to - from)
                            + " candidates; it needs two or more");
        }
        if (seenIn.length < catalogue.candidateCount()) {
            seenIn = Arrays.copyOf(seenIn, 2 * catalogue.candidateCount());
        }
        for (int entry = from; entry < to; entry++) {
            int candidate = entries.get(entry);
            // judgments are numbered from 1 here: 0 is a candidate not yet seen
            if (seenIn[candidate] == last + 1) {
                throw new AlignmentException(
                        VALUE_INVALID,
                        "a judgment of " + judges.names().get(judge.get(last)) + " about "
                                + catalogue.itemId(items.get(last)) + " names the candidate "
                                + catalogue.candidateId(candidate) + " twice; name each candidate once");
            }
            seenIn[candidate] = last + 1;
        }
        ends.add(to);
    }

    /// Puts the candidates of its item that a ranking does not name below those it names, tied with each
    /// other.
    ///
    /// @param open numbers of the rankings that stay as they are, from 0 in the order in which they came
    public void rankUnnamedLast(BitSet open) {
        var allEnds = new GrowingColumns.Ints();
        var allEntries = new GrowingColumns.Ints();
        var allValues = new GrowingColumns.Doubles();
        int from = 0;
        for (int n = 0; n < ends.size(); n++) {
            var unnamed = new TreeSet<Integer>();
            if (forms.get(n) == JudgmentForm.RANKING.code() && !open.get(n)) {
                unnamed.addAll(catalogue.candidates(items.get(n)).values());
            }
            double last = 0;
            for (int entry = from; entry < ends.get(n); entry++) {
                unnamed.remove(entries.get(entry));
                allEntries.add(entries.get(entry));
                allValues.add(values.get(entry));
                last = Math.min(last, values.get(entry));
            }
            if (allEntries.size() + (long) unnamed.size() > MOST_ENTRIES) {
                throw tooMany();
            }
            for (int candidate : unnamed) {
                allEntries.add(candidate);
                allValues.add(last - 1);
            }
            from = ends.get(n);
            allEnds.add(allEntries.size());
        }
        ends = allEnds;
        entries = allEntries;
        values = allValues;
    }

    private static AlignmentException tooMany() {
        return new AlignmentException(
                MEMORY_EXHAUSTED,
                "more than " + MOST_ENTRIES + " candidates were judged; split the data into several studies");
    }

    /// The table, in memory of the context's allocator. What is odd but readable is reported to the context.
    ///
    /// @param what the files read, for messages
    public Judgments build(PluginContext context, String what) {
        int n = forms.size();
        if (n == 0) {
            throw new AlignmentException(
                    JUDGMENTS_EMPTY, "no judgment in " + what + "; check the mapping and that the file has rows");
        }
        boolean[] judged = new boolean[catalogue.items().size()];
        IntStream.range(0, n).forEach(j -> judged[items.get(j)] = true);
        int[] itemOrder = Arrays.stream(catalogue.items().sorted())
                .filter(item -> judged[item])
                .toArray();
        int[] itemPlace = Ids.places(itemOrder, judged.length);
        int[] candidatePlace = new int[catalogue.candidateCount()];
        Candidates candidates = candidates(itemOrder, candidatePlace);
        int[] judgeOrder = judges.sorted();
        int[][] levelOrders = attributes.stream().map(Attribute::order).toArray(int[][]::new);
        int[][] levelPlaces = IntStream.range(0, attributes.size())
                .mapToObj(g -> Ids.places(levelOrders[g], attributes.get(g).levelCount()))
                .toArray(int[][]::new);
        var who = Judges.of(
                Arrays.stream(judgeOrder).mapToObj(judges.names()::get).toList(),
                IntStream.range(0, attributes.size())
                        .mapToObj(g -> attributes.get(g).toGroupAttribute(levelOrders[g]))
                        .toArray(Judges.GroupAttribute[]::new));
        Judgments table = Judgments.of(
                candidates,
                who,
                columns(context.allocator(), itemPlace, Ids.places(judgeOrder, judgeOrder.length), levelPlaces),
                entries(context.allocator(), candidatePlace));
        new OddJudgments(context, table).report(judged.length - itemOrder.length, attributes);
        return table;
    }

    private Candidates candidates(int[] itemOrder, int[] candidatePlace) {
        var names = new ArrayList<String>();
        var prompts = new ArrayList<Conversation>();
        var ids = new ArrayList<String>();
        var texts = new ArrayList<Conversation>();
        var order = new ArrayList<Integer>();
        int[] offsets = new int[itemOrder.length + 1];
        var unsafe = new java.io.ByteArrayOutputStream();
        for (int b = 0; b < itemOrder.length; b++) {
            int item = itemOrder[b];
            names.add(catalogue.itemId(item));
            prompts.add(catalogue.promptOf(item));
            var sorted = catalogue.candidates(item).entrySet().stream()
                    .sorted((x, y) -> ByteOrder.compare(x.getKey(), y.getKey()))
                    .toList();
            for (int k = 0; k < sorted.size(); k++) {
                int candidate = sorted.get(k).getValue();
                candidatePlace[candidate] = k;
                order.add(candidate);
                ids.add(sorted.get(k).getKey());
                texts.add(catalogue.answerOf(candidate));
                unsafe.write(catalogue.isUnsafe(candidate) ? 1 : 0);
            }
            offsets[b + 1] = ids.size();
        }
        var all = Candidates.ofConversations(names, prompts, ids, texts, offsets)
                .withDeclaredUnsafe(unsafe.toByteArray());
        for (var attribute : catalogue.attributes().entrySet()) {
            all = all.withItemAttribute(
                    attribute.getKey(),
                    Arrays.stream(itemOrder)
                            .mapToObj(item -> attribute.getValue().getOrDefault(item, ""))
                            .toList());
        }
        for (var attribute : catalogue.candidateAttributes().entrySet()) {
            all = all.withCandidateAttribute(
                    attribute.getKey(),
                    order.stream()
                            .map(candidate -> attribute.getValue().getOrDefault(candidate, ""))
                            .toList());
        }
        return all;
    }

    private JudgmentColumns columns(TensorAllocator memory, int[] itemPlace, int[] judgePlace, int[][] levelPlaces) {
        int n = forms.size();
        var known = JudgmentColumns.of(
                        memory.bytes(n),
                        memory.ints(n),
                        memory.ints(n),
                        memory.ints(n, attributes.size()),
                        memory.doubles(n))
                .withCriterion(memory.ints(n));
        var columns = timed ? known.withTime(memory.allocate(ElementType.INT64, Shape.of(n))) : known;
        for (int j = 0; j < n; j++) {
            columns.form().setByte(j, (byte) forms.get(j));
            columns.item().setInt(j, itemPlace[items.get(j)]);
            columns.judge().setInt(j, judgePlace[judge.get(j)]);
            columns.weight().setDouble(j, weights.get(j));
            for (int g = 0; g < attributes.size(); g++) {
                int at = j * attributes.size() + g;
                int level = levels.get(at);
                columns.levels().setInt(at, level == Attribute.BLANK ? -1 : levelPlaces[g][level]);
            }
        }
        columns.time().ifPresent(time -> {
            for (int j = 0; j < n; j++) {
                time.setLong(j, times.get(j));
            }
        });
        return columns;
    }

    private Entries entries(TensorAllocator memory, int[] candidatePlace) {
        int n = forms.size();
        var columns =
                Entries.of(memory.ints(n + 1), memory.ints(entries.size()), memory.doubles(values.size()), ordered);
        for (int j = 0; j < n; j++) {
            columns.offsets().setInt(j + 1L, ends.get(j));
        }
        for (int e = 0; e < entries.size(); e++) {
            columns.candidate().setInt(e, candidatePlace[entries.get(e)]);
            columns.value().setDouble(e, values.get(e));
        }
        return columns;
    }
}
