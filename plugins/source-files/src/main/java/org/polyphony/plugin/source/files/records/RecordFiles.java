package org.polyphony.plugin.source.files.records;

import static org.polyphony.spi.error.StandardErrorCode.COLUMN_MISSING;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.JsonFile;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.support.settings.NearestName;

/// Reads the records of files as JSON objects, each with its file and line.
final class RecordFiles {

    private static final int CHECK_EVERY = 8192;

    private final Database database;
    private final PluginContext context;

    RecordFiles(Database database, PluginContext context) {
        this.database = database;
        this.context = context;
    }

    /// Tells every record of `file` in its order.
    ///
    /// @param needed keys of which every record needs one of each list
    /// @param columns further keys that some record must have
    /// @throws AlignmentException with code `COLUMN_MISSING` if no record of the file has a key, with
    ///     `FILE_MALFORMED` if it is damaged
    void read(DataFile file, List<List<String>> needed, List<String> columns, Consumer<JsonRecord> records) {
        boolean json = file.kind() == DataFile.Kind.JSON || file.kind() == DataFile.Kind.JSON_LINES;
        var present = new TreeSet<String>(json ? List.of() : database.columns(file));
        each(file, record -> {
            present.addAll(record.keys());
            for (var choice : needed) {
                if (choice.stream().noneMatch(record.keys()::contains)) {
                    if (json) {
                        // later records may still have it
                        each(file, later -> present.addAll(later.keys()));
                    }
                    require(
                            file,
                            choice.stream()
                                    .filter(present::contains)
                                    .findFirst()
                                    .orElse(choice.getFirst()),
                            present);
                    throw record.missing(choice.getFirst());
                }
            }
            records.accept(record);
        });
        columns.forEach(column -> require(file, column, present));
    }

    private static void require(DataFile file, String column, Set<String> present) {
        if (!present.contains(column)) {
            throw new AlignmentException(
                    COLUMN_MISSING,
                    file.name() + " has no column " + column + NearestName.hint(column, present) + "; it has "
                            + NearestName.list(present));
        }
    }

    private void each(DataFile file, Consumer<JsonRecord> records) {
        var count = new long[1];
        Consumer<JsonRecord> counted = record -> {
            if (count[0]++ % CHECK_EVERY == 0) {
                context.checkCancelled();
            }
            records.accept(record);
        };
        switch (file.kind()) {
            case JSON, JSON_LINES ->
                JsonFile.each(file, (place, values) -> counted.accept(new JsonRecord(place, "", values)));
            case CSV, TSV, PARQUET, TEXT ->
                database.records(file, (place, values) -> counted.accept(new JsonRecord(place, "", values)));
        }
    }
}
