package org.polyphony.plugin.source.files.table;

import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFile;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.files.mapping.CandidatesFile;
import org.polyphony.spi.error.AlignmentException;

/// Reads the candidates of items into a catalogue.
final class CandidateTable {

    private final Database database;
    private final Catalogue catalogue;

    CandidateTable(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    void read(DataFolder folder, CandidatesFile file) {
        var columns = new ArrayList<String>();
        columns.add(file.item());
        columns.add(file.id());
        int text = place(columns, file.text().orElse(null));
        int unsafe = place(columns, file.unsafe().orElse(null));
        int prompt = place(columns, file.prompt().orElse(null));
        int attributes = columns.size();
        columns.addAll(file.itemAttributes());
        List<DataFile> files = folder.files(file.file());
        if (unsafe < 0) {
            files.forEach(this::refuseUnreadUnsafe);
        }
        database.read(files, columns, row -> {
            int item = catalogue.item(row.required(0));
            int candidate = catalogue.candidate(item, row.required(1));
            if (text >= 0) {
                catalogue.text(item, candidate, orEmpty(row.text(text)));
            }
            if (unsafe >= 0 && isTrue(row, unsafe)) {
                catalogue.unsafe(candidate);
            }
            if (prompt >= 0) {
                catalogue.prompt(item, orEmpty(row.text(prompt)));
            }
            for (int a = 0; a < file.itemAttributes().size(); a++) {
                catalogue.attribute(item, file.itemAttributes().get(a), orEmpty(row.text(attributes + a)));
            }
        });
    }

    // a column that says what is unsafe and is not read would let everything pass
    private void refuseUnreadUnsafe(DataFile file) {
        for (String column : database.columns(file)) {
            if (column.strip().equalsIgnoreCase("unsafe")) {
                throw new AlignmentException(
                        SETTING_INVALID,
                        file.name() + " has a column " + column + " that no setting reads; add 'unsafe: " + column
                                + "' to candidates, or rename the column if it means something else");
            }
        }
    }

    private static int place(List<String> columns, @Nullable String column) {
        if (column == null) {
            return -1;
        }
        columns.add(column);
        return columns.size() - 1;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean isTrue(Row row, int column) {
        // nothing is safe because nobody said anything
        return switch (row.required(column).strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "1.0" -> true;
            case "false", "0", "no", "0.0" -> false;
            default -> throw row.invalid(column, "expected true or false, 1 or 0, yes or no");
        };
    }
}
