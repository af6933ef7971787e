package org.polyphony.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polyphony.engine.export.PreferencePair.Side;

/// Every layout, read back by DuckDB's own JSON reader.
class TrainerFormatTest {

    private static final List<String> TEXTS = List.of(
            "plain",
            "two\nlines\r\nand\ta tab",
            "\"quoted\", 'single', back\\slash and /",
            "Ärzte, 医者, طبيب, 🩺 and e\u0301",
            "line\u2028and paragraph\u2029separators, \u0001 control, \u007f",
            " leading and trailing ",
            "{\"prompt\": \"json\"}, [1], null, </script>");

    // what the trainer reads, as columns prompt, chosen, rejected
    private static final Map<TrainerFormat, String> COLUMNS = Map.of(
            TrainerFormat.TRL, "prompt[1].content p, chosen[1].content c, rejected[1].content r",
            TrainerFormat.OPENRLHF, "prompt[1].content p, chosen[1].content c, rejected[1].content r",
            TrainerFormat.NEMO_RL,
                    "context[1].content p, list_filter(completions, lambda x: x.rank = 0)[1].completion[1].content c,"
                            + " list_filter(completions, lambda x: x.rank = 1)[1].completion[1].content r",
            TrainerFormat.LLAMA_FACTORY, "instruction p, chosen c, rejected r");

    private static final String EXTRA = "STRUCT(item VARCHAR, chosen_id VARCHAR, rejected_id VARCHAR, win_probability"
            + " DOUBLE, step DOUBLE, judgments DOUBLE, reference_logp_chosen DOUBLE, reference_logp_rejected DOUBLE,"
            + " policy_logp_chosen DOUBLE, policy_logp_rejected DOUBLE, stakeholders MAP(VARCHAR, DOUBLE))";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @EnumSource(TrainerFormat.class)
    void record_readBack_isTheSamePair(TrainerFormat format) throws IOException, SQLException {
        var pairs = pairs(new SplittableRandom(7), 200);
        var file = write(format, pairs);

        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT " + COLUMNS.get(format) + ", margin, weight, polyphony FROM "
                        + "read_json('" + file + "', format = 'newline_delimited', columns = {" + types(format)
                        + ", margin: 'DOUBLE', weight: 'DOUBLE', polyphony: '" + EXTRA + "'})")) {
            var read = new ArrayList<PreferencePair>();
            while (rows.next()) {
                read.add(pair(rows));
            }
            assertThat(read).containsExactlyElementsOf(pairs);
        }
    }

    @Test
    void llamaFactory_companion_declaresARankedDataSetOfTheDataFile() {
        var info = TrainerFormat.LLAMA_FACTORY.companions();
        assertThat(info).containsOnlyKeys("dataset_info.json");
        var dataset = info.values().iterator().next().path("polyphony");
        assertThat(dataset.path("ranking").booleanValue()).isTrue();
        assertThat(dataset.path("file_name").textValue()).isEqualTo(TrainerFormat.LLAMA_FACTORY.dataFile());
        var record = TrainerFormat.LLAMA_FACTORY.record(
                pairs(new SplittableRandom(1), 1).getFirst());
        dataset.path("columns")
                .forEach(column ->
                        assertThat(record.path(column.asText()).isTextual()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(TrainerFormat.class)
    void record_anyFormat_hasNoColumnThatTrainersTakeForSumsOverTokens(TrainerFormat format) {
        var record = format.record(pairs(new SplittableRandom(1), 1).getFirst());
        assertThat(record.fieldNames()).toIterable().noneMatch(name -> name.contains("logp"));
    }

    private Path write(TrainerFormat format, List<PreferencePair> pairs) throws IOException {
        var json = new ObjectMapper();
        var lines = new ArrayList<String>();
        for (var pair : pairs) {
            lines.add(json.writeValueAsString(format.record(pair)));
        }
        return Files.write(folder.resolve(format.dataFile()), lines);
    }

    private static String types(TrainerFormat format) {
        var messages = "STRUCT(role VARCHAR, content VARCHAR)[]";
        return switch (format) {
            case TRL, OPENRLHF ->
                "prompt: '" + messages + "', chosen: '" + messages + "', rejected: '" + messages + "'";
            case NEMO_RL ->
                "context: '" + messages + "', completions: 'STRUCT(rank INTEGER, completion " + messages + ")[]'";
            case LLAMA_FACTORY -> "instruction: 'VARCHAR', chosen: 'VARCHAR', rejected: 'VARCHAR'";
        };
    }

    private static PreferencePair pair(ResultSet row) throws SQLException {
        var extra = ((java.sql.Struct) row.getObject("polyphony")).getAttributes();
        var stakeholders = new LinkedHashMap<String, Double>();
        ((Map<?, ?>) extra[10]).forEach((name, value) -> stakeholders.put((String) name, (Double) value));
        return new PreferencePair(
                (String) extra[0],
                row.getString("p"),
                new Side((String) extra[1], row.getString("c"), (Double) extra[6], log(extra[8])),
                new Side((String) extra[2], row.getString("r"), (Double) extra[7], log(extra[9])),
                (Double) extra[3],
                row.getDouble("weight"),
                (Double) extra[4],
                row.getDouble("margin"),
                (Double) extra[5],
                stakeholders);
    }

    private static double log(Object value) {
        return value instanceof Double number ? number : Double.NEGATIVE_INFINITY;
    }

    private static List<PreferencePair> pairs(SplittableRandom random, int count) {
        var pairs = new ArrayList<PreferencePair>();
        for (int n = 0; n < count; n++) {
            double wins = 0.5 + random.nextDouble() / 2;
            var stakeholders = new LinkedHashMap<String, Double>();
            stakeholders.put("pharmacist", random.nextDouble());
            stakeholders.put("a \"quoted\" group", random.nextDouble() * 1e-7);
            pairs.add(new PreferencePair(
                    "item-" + n,
                    text(random),
                    new Side("c" + n, text(random), -random.nextDouble() * 30, -random.nextDouble()),
                    new Side(
                            "r\"" + n,
                            text(random),
                            -random.nextDouble() * 1e-9,
                            random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : -random.nextDouble() * 700),
                    wins,
                    random.nextDouble() * 1e-12,
                    3,
                    3 * (wins - 0.5),
                    random.nextInt(1000),
                    stakeholders));
        }
        return pairs;
    }

    private static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
