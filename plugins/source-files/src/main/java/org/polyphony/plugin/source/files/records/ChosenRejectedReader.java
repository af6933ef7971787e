package org.polyphony.plugin.source.files.records;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.plugin.source.files.mapping.JudgmentColumns;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Message;

/// Reads preferences as trainers keep them: `chosen` and `rejected`, or ranked `completions`, as texts or as
/// messages.
///
/// The prompt is `prompt` or `context`, LLaMA-Factory's `conversations`, or its `instruction` with `input`,
/// `history` and `system`; without any, the longest common beginning of the two conversations. Items and
/// candidates get ids made from all of their messages. Trainers know no annotators; where no column holds them,
/// all judgments are by one annotator called `unknown`.
public final class ChosenRejectedReader {

    private static final List<String> PAIR = List.of("chosen", "rejected");

    private final String pattern;
    private final JudgmentColumns mapped;
    private final DataFolder folder;
    private final RecordFiles files;
    private final PluginContext context;
    private final Messages messages = new Messages();
    private final Assembly assembly;
    private final Judged judged;
    private final Judged.Groups groups;
    private long implicitTexts;
    private long severalTurns;
    private long withTools;

    /// A reader of preferences.
    ///
    /// @param pattern the files
    /// @param mapped which of their keys say by whom and how was judged
    public ChosenRejectedReader(
            String pattern, JudgmentColumns mapped, DataFolder folder, Database database, PluginContext context) {
        this.pattern = pattern;
        this.mapped = mapped;
        this.folder = folder;
        this.files = new RecordFiles(database, context);
        this.context = context;
        this.assembly = new Assembly(mapped.known(), mapped.time().isPresent());
        this.judged = new Judged(assembly);
        this.groups = new Judged.Groups(mapped.attributes());
    }

    /// Reads everything.
    public Assembly read() {
        var columns = new ArrayList<String>();
        mapped.annotator().ifPresent(columns::add);
        mapped.attributes().stream().map(AttributeColumn::source).forEach(columns::add);
        mapped.weight().ifPresent(columns::add);
        mapped.time().ifPresent(columns::add);
        var needed = PAIR.stream().map(key -> List.of(key, "completions")).toList();
        for (DataFile file : folder.files(pattern)) {
            files.read(file, needed, columns, this::record);
        }
        judged.assemble();
        report();
        return assembly;
    }

    private void record(JsonRecord record) {
        withTools += record.has("tools") ? 1 : 0;
        if (record.has("completions") && !record.has("chosen")) {
            ranked(record);
        } else {
            judge(record, exchange(record), new int[] {0, 1}, PAIR);
        }
    }

    private Exchange exchange(JsonRecord record) {
        PAIR.stream().filter(key -> !record.has(key)).forEach(key -> {
            throw record.missing(key);
        });
        var prompt = prompt(record);
        if (!prompt.isEmpty()) {
            return Exchange.given(
                    record,
                    prompt,
                    PAIR,
                    PAIR.stream().map(key -> completion(record, key, prompt)).toList());
        }
        var chosen = record.value("chosen");
        var rejected = record.value("rejected");
        if (chosen instanceof String first
                && rejected instanceof String second
                && !Dialogue.is(first)
                && !Dialogue.is(second)) {
            implicitTexts++;
            return Exchange.ofTexts(record, PAIR, first, second);
        }
        for (var key : PAIR) {
            if (record.value(key) instanceof String text && !Dialogue.is(text)) {
                throw record.invalid(
                        key,
                        text,
                        "there is no prompt, and the other of the two is a conversation; give a"
                                + " prompt, or two conversations that begin alike");
            }
        }
        return Exchange.implicit(
                record,
                PAIR,
                PAIR.stream().map(key -> completion(record, key, List.of())).toList());
    }

    private List<Message> completion(JsonRecord record, String key, List<Message> prompt) {
        var value = record.value(key);
        if (value instanceof String text && record.has("instruction")) {
            return List.of(Message.of(Message.ASSISTANT, text)); // this layout has texts only
        }
        return value instanceof String text && Dialogue.is(text)
                ? Dialogue.messages(text)
                : messages.of(record, key, prompt);
    }

    /// The explicit prompt with its system message; empty without one.
    private List<Message> prompt(JsonRecord record) {
        if (record.has("images")) {
            throw record.refused("images are not read; a study needs texts");
        }
        var prompt = asked(record);
        var system = record.text("system");
        if (prompt.isEmpty() || system == null) {
            if (system != null) {
                throw record.refused("there is a system message, and no prompt; put it into the conversations");
            }
            return prompt;
        }
        var first = Message.of("system", system);
        if (prompt.getFirst().role().equals("system") && !prompt.getFirst().equals(first)) {
            throw record.refused("system and the prompt's own system message differ; leave one of the two out");
        }
        var all = new ArrayList<>(prompt);
        if (!prompt.getFirst().equals(first)) {
            all.addFirst(first);
        }
        return List.copyOf(all);
    }

    private List<Message> asked(JsonRecord record) {
        for (var key : List.of("prompt", "context", "conversations")) {
            var value = record.value(key);
            if (value instanceof String text && Dialogue.is(text)) {
                return Dialogue.prompt(text);
            } else if (value != null && !(value instanceof String text && text.isBlank())) {
                return messages.of(record, key);
            }
        }
        return record.has("instruction") ? instruction(record) : List.of();
    }

    // LLaMA-Factory joins instruction and input by a line break
    private static List<Message> instruction(JsonRecord record) {
        var prompt = new ArrayList<Message>();
        var history = record.list("history");
        for (int i = 0; i < history.size(); i++) {
            if (!(history.get(i) instanceof List<?> turn
                    && turn.size() == 2
                    && turn.get(0) instanceof String asked
                    && turn.get(1) instanceof String answered)) {
                throw record.invalid("history[" + i + "]", history.get(i), "a question and its answer are needed");
            }
            prompt.add(Message.of(Message.USER, asked));
            prompt.add(Message.of(Message.ASSISTANT, answered));
        }
        var input = record.text("input");
        prompt.add(Message.of(Message.USER, record.required("instruction") + (input == null ? "" : "\n" + input)));
        return List.copyOf(prompt);
    }

    // NeMo-RL: the lower rank is preferred
    private void ranked(JsonRecord record) {
        var prompt = prompt(record);
        if (prompt.isEmpty()) {
            throw record.missing("context");
        }
        var completions = record.objects("completions");
        if (completions.size() < 2) {
            throw record.refused("completions has " + completions.size() + " entries; a preference needs two or more");
        }
        int[] ranks = completions.stream().mapToInt(ChosenRejectedReader::rank).toArray();
        var keys = IntStream.range(0, ranks.length)
                .mapToObj(i -> "completions[" + i + "].completion")
                .toList();
        var read = completions.stream()
                .map(completion -> messages.of(completion, "completion", prompt))
                .toList();
        judge(record, Exchange.given(record, prompt, keys, read), ranks, keys);
    }

    private static int rank(JsonRecord completion) {
        double rank = completion.number("rank", Double.NaN);
        if (rank != Math.rint(rank) || Math.abs(rank) > 1_000_000) {
            throw completion.invalid("rank", completion.value("rank"), "a whole number is needed, lower is preferred");
        }
        return (int) rank;
    }

    private void judge(JsonRecord record, Exchange exchange, int[] ranks, List<String> keys) {
        Catalogue catalogue = assembly.catalogue();
        int item = catalogue.item(ContentIds.of("p-", exchange.asked()));
        catalogue.prompt(item, exchange.asked());
        int[] candidates = new int[ranks.length];
        for (int i = 0; i < candidates.length; i++) {
            Conversation answer = exchange.answers().get(i);
            if (exchange.answers().indexOf(answer) < i) {
                throw record.refused(keys.get(exchange.answers().indexOf(answer)) + " and " + keys.get(i)
                        + " are the same; the two must differ");
            }
            severalTurns += answer.messages().size() > 1 ? 1 : 0;
            candidates[i] = catalogue.candidate(item, ContentIds.of("c-", answer));
            catalogue.text(item, candidates[i], answer);
        }
        var weight = mapped.weight().map(column -> weight(record, column)).orElse(1.0);
        judged.add(
                record,
                item,
                mapped.annotator().map(record::required).orElse("unknown"),
                groups,
                weight,
                mapped.time().map(record::required).orElse(""),
                new Judged.Ranking(candidates, ranks));
    }

    static double weight(JsonRecord record, String key) {
        double weight = record.number(key, 1);
        if (!(weight > 0)) {
            throw record.invalid(key, record.value(key), "weights are positive");
        }
        return weight;
    }

    private void report() {
        messages.report(context);
        if (implicitTexts > 0) {
            context.report(Issue.note(
                    "PROMPT_IMPLICIT",
                    implicitTexts + " pairs of texts have no prompt: what both begin with, up to a space, was taken as"
                            + " their prompt",
                    ""));
        }
        if (severalTurns > 0) {
            context.report(Issue.note(
                    "ANSWER_TURNS", severalTurns + " answers are several turns long; they are kept whole", ""));
        }
        if (withTools > 0) {
            context.report(Issue.warning(
                    "TOOLS_UNREAD",
                    withTools + " records have a list of tools, which is not read and not exported; calls are kept",
                    "tools"));
        }
    }
}
