package org.polyphony.engine.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// The layouts of trainers. Data are JSON lines, one pair a line. Every layout carries the same further
/// columns beside those that its trainer reads; `docs/reference/export.md` says which trainer reads which.
public enum TrainerFormat {
    /// Hugging Face TRL: preference, conversational, explicit prompt.
    TRL("trl", "preferences.jsonl") {
        @Override
        void put(PreferencePair pair, ObjectNode record) {
            conversation(pair, record);
        }
    },
    /// NVIDIA NeMo-RL: `context` and ranked `completions`, rank 0 preferred.
    NEMO_RL("nemo-rl", "preferences.jsonl") {
        @Override
        void put(PreferencePair pair, ObjectNode record) {
            record.set("context", MessageJson.prompt(pair));
            var completions = record.putArray("completions");
            completions.addObject().put("rank", 0).set("completion", MessageJson.answer(pair, pair.chosen()));
            completions.addObject().put("rank", 1).set("completion", MessageJson.answer(pair, pair.rejected()));
            record.put("task_name", "polyphony");
        }
    },
    /// OpenRLHF: message lists under the keys its flags name.
    OPENRLHF("openrlhf", "preferences.jsonl") {
        @Override
        void put(PreferencePair pair, ObjectNode record) {
            conversation(pair, record);
        }
    },
    /// LLaMA-Factory: alpaca style, declared by a `dataset_info.json` with `ranking`. It has a system message,
    /// earlier turns of a user and an assistant, and one question; anything else is refused.
    LLAMA_FACTORY("llama-factory", "preferences.jsonl") {
        @Override
        void put(PreferencePair pair, ObjectNode record) {
            AlpacaTurns.of(pair).put(record);
        }

        @Override
        Map<String, ObjectNode> companions() {
            var info = NODES.objectNode();
            var dataset = info.putObject("polyphony").put("file_name", dataFile());
            dataset.put("ranking", true);
            dataset.putObject("columns")
                    .put("prompt", "instruction")
                    .put("query", "input")
                    .put("system", "system")
                    .put("history", "history")
                    .put("chosen", "chosen")
                    .put("rejected", "rejected");
            return Map.of("dataset_info.json", info);
        }
    };

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String label;
    private final String dataFile;

    TrainerFormat(String label, String dataFile) {
        this.label = label;
        this.dataFile = dataFile;
    }

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// The file with the pairs.
    public String dataFile() {
        return dataFile;
    }

    @Override
    public String toString() {
        return label;
    }

    /// Puts the columns that the trainer reads.
    ///
    /// @throws org.polyphony.spi.error.AlignmentException with code `UNSUPPORTED` if the layout cannot keep the
    ///     pair's messages
    abstract void put(PreferencePair pair, ObjectNode record);

    /// Further files the trainer needs beside the data: name → document.
    Map<String, ObjectNode> companions() {
        return Map.of();
    }

    /// One line of the data file.
    ///
    /// Nothing here is called `ref_chosen_logps` or `ref_rejected_logps`: trainers take columns of these
    /// names for sums over tokens, and ours are over an item's candidates.
    ObjectNode record(PreferencePair pair) {
        var record = NODES.objectNode();
        put(pair, record);
        record.put("margin", pair.margin()).put("weight", pair.weight());
        var extra = record.putObject("polyphony");
        extra.put("item", pair.item())
                .put("chosen_id", pair.chosen().id())
                .put("rejected_id", pair.rejected().id())
                .put("win_probability", pair.evidence().winProbability())
                .put("step", pair.step())
                .put("judgments", pair.evidence().judgments());
        put(extra, "reference_logp_chosen", pair.chosen().logReference());
        put(extra, "reference_logp_rejected", pair.rejected().logReference());
        put(extra, "policy_logp_chosen", pair.chosen().logPolicy());
        put(extra, "policy_logp_rejected", pair.rejected().logPolicy());
        var stakeholders = extra.putObject("stakeholders");
        pair.evidence().stakeholders().forEach(stakeholders::put);
        put(extra, "chosen_attributes", pair.chosen());
        put(extra, "rejected_attributes", pair.rejected());
        return record;
    }

    private static void conversation(PreferencePair pair, ObjectNode record) {
        record.set("prompt", MessageJson.prompt(pair));
        record.set("chosen", MessageJson.answer(pair, pair.chosen()));
        record.set("rejected", MessageJson.answer(pair, pair.rejected()));
    }

    private static void put(ObjectNode node, String name, PreferencePair.Side side) {
        if (!side.attributes().isEmpty()) {
            var attributes = node.putObject(name);
            side.attributes().forEach(attributes::put);
        }
    }

    // JSON has no infinity: no mass is null
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
