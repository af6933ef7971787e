package org.polyphony.plugin.source.files.records;

import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.polyphony.plugin.source.assemble.Assembly;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.mapping.AttributeColumn;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.support.settings.NearestName;

/// Reads the canonical record: JSON with `prompt`, `completions` and `judgments`, one record an item.
///
/// A judgment is a ranking, best first, ties as inner lists; two candidates make a pair. An item's id is the
/// record's `id`, or is made from its prompt; records of the same item are merged. The keys of `group` become
/// attributes.
public final class CanonicalReader {

    private static final List<List<String>> NEEDED =
            List.of(List.of("prompt", "context"), List.of("completions"), List.of("judgments"));

    private final String pattern;
    private final List<AttributeColumn> attributes;
    private final DataFolder folder;
    private final RecordFiles records;
    private final PluginContext context;
    private final Messages messages = new Messages();

    /// A reader of records.
    ///
    /// @param pattern the files
    /// @param attributes what is known of annotators; empty: every key that a record's `group` has
    public CanonicalReader(
            String pattern,
            List<AttributeColumn> attributes,
            DataFolder folder,
            Database database,
            PluginContext context) {
        this.pattern = pattern;
        this.attributes = attributes;
        this.folder = folder;
        this.records = new RecordFiles(database, context);
        this.context = context;
    }

    /// Reads items, candidates and judgments.
    public Assembly read() {
        List<DataFile> files = folder.files(pattern);
        for (DataFile file : files) {
            if (file.kind() != DataFile.Kind.JSON && file.kind() != DataFile.Kind.JSON_LINES) {
                throw new AlignmentException(
                        SETTING_INVALID,
                        file.name() + " is not JSON by its name; canonical records are read from .jsonl, .ndjson and"
                                + " .json, with or without .gz");
            }
        }
        var look = look(files);
        var columns = attributes.isEmpty()
                ? look.groups.stream()
                        .map(name -> new AttributeColumn(name, Optional.empty(), List.of(), List.of()))
                        .toList()
                : attributes;
        boolean timed = look.times > 0 && look.times == look.judgments;
        var assembly =
                new Assembly(columns.stream().map(AttributeColumn::attribute).toList(), timed);
        var judged = new Judged(assembly);
        // all candidates before any judgment: records of one item are merged
        files.forEach(
                file -> records.read(file, NEEDED, List.of(), record -> candidates(record, assembly.catalogue())));
        files.forEach(file -> records.read(
                file,
                NEEDED,
                List.of(),
                record -> record.objects("judgments")
                        .forEach(judgment -> judgment(record, judgment, columns, timed, assembly, judged))));
        judged.assemble();
        messages.report(context);
        return assembly;
    }

    /// What must be known before judgments are read.
    private static final class Look {
        private final TreeSet<String> groups = new TreeSet<>();
        private long judgments;
        private long times;
    }

    private Look look(List<DataFile> files) {
        var look = new Look();
        for (DataFile file : files) {
            records.read(file, NEEDED.subList(0, 2), List.of(), record -> {
                if (!record.keys().contains("judgments") && record.keys().contains("context")) {
                    throw record.refused(
                            "there are no judgments; NeMo-RL's ranked completions are read with format: trl");
                }
                for (var judgment : record.objects("judgments")) {
                    look.judgments++;
                    look.times += judgment.has("ts") ? 1 : 0;
                    if (judgment.has("group")) {
                        look.groups.addAll(judgment.object("group", judgment.value("group"))
                                .keys());
                    }
                }
            });
        }
        return look;
    }

    private void candidates(JsonRecord record, Catalogue catalogue) {
        Conversation asked = asked(record);
        int item = catalogue.item(id(record, asked));
        catalogue.prompt(item, asked);
        var task = record.text("task_name");
        if (task != null) {
            catalogue.attribute(item, "task_name", task);
        }
        for (var completion : record.objects("completions")) {
            int candidate = catalogue.candidate(item, completion.required("id"));
            catalogue.text(item, candidate, answer(completion, asked));
            if (completion.has("attributes")) {
                var known = completion.object("attributes", completion.value("attributes"));
                for (var key : known.keys()) {
                    var value = known.text(key);
                    catalogue.candidateAttribute(item, candidate, key, value == null ? "" : value);
                }
            }
            for (var key : completion.keys()) {
                if (key.equalsIgnoreCase("unsafe") && !key.equals("unsafe")) {
                    throw completion.refused(completion.path() + key + " is not known; did you mean unsafe?");
                }
            }
            if (completion.flag("unsafe")) {
                catalogue.unsafe(candidate);
            }
        }
    }

    private Conversation asked(JsonRecord record) {
        String key = record.has("prompt") ? "prompt" : "context";
        var value = record.value(key);
        return value == null || (value instanceof String text && text.isBlank())
                ? Conversation.unknown()
                : Conversation.of(messages.of(record, key));
    }

    private Conversation answer(JsonRecord completion, Conversation asked) {
        if (!completion.has("completion")) {
            return Conversation.unknown();
        }
        var read = messages.of(completion, "completion", asked.messages());
        String key = completion.path() + "completion";
        return asked.isUnknown()
                ? Exchange.answer(completion, key, read)
                : Exchange.given(completion, asked.messages(), List.of(key), List.of(read))
                        .answers()
                        .getFirst();
    }

    private static String id(JsonRecord record, Conversation asked) {
        var id = record.text("id");
        if (id == null && asked.isUnknown()) {
            throw record.refused("there are neither an id nor a prompt; an item needs one of the two");
        }
        return id == null ? ContentIds.of("p-", asked) : id;
    }

    private void judgment(
            JsonRecord record,
            JsonRecord judgment,
            List<AttributeColumn> columns,
            boolean timed,
            Assembly assembly,
            Judged judged) {
        Catalogue catalogue = assembly.catalogue();
        int item = catalogue.findItem(id(record, asked(record)));
        var group = judgment.has("group")
                ? judgment.object("group", judgment.value("group"))
                : new JsonRecord(judgment.place(), judgment.path(), Map.of());
        var time = judgment.text("ts");
        var who = judgment.required("annotator_id");
        double weight = ChosenRejectedReader.weight(judgment, "weight");
        judged.add(
                group,
                item,
                who,
                new Judged.Groups(columns),
                weight,
                timed && time != null ? time : "",
                ranking(judgment, item, catalogue));
    }

    private static Judged.Ranking ranking(JsonRecord judgment, int item, Catalogue catalogue) {
        var candidates = new ArrayList<Integer>();
        var ranks = new ArrayList<Integer>();
        var places = judgment.list("ranking");
        for (int rank = 0; rank < places.size(); rank++) {
            // one id stands for a place of its own
            var tied = places.get(rank) instanceof List<?> list ? list : Collections.singletonList(places.get(rank));
            for (var element : tied) {
                var id = judgment.text("ranking", element);
                if (id == null) {
                    throw judgment.invalid("ranking", places, "every entry is the id of a completion");
                }
                int candidate = catalogue.findCandidate(item, id);
                if (candidate < 0) {
                    var present =
                            new TreeSet<>(catalogue.candidatesOf(item)).stream().toList();
                    throw judgment.invalid(
                            "ranking",
                            places,
                            "no completion has the id " + id + NearestName.hint(id, present) + "; known are "
                                    + NearestName.list(present));
                }
                candidates.add(candidate);
                ranks.add(rank);
            }
        }
        if (candidates.size() < 2) {
            throw judgment.invalid("ranking", judgment.value("ranking"), "it needs two or more completions");
        }
        return new Judged.Ranking(
                candidates.stream().mapToInt(Integer::intValue).toArray(),
                ranks.stream().mapToInt(Integer::intValue).toArray());
    }
}
