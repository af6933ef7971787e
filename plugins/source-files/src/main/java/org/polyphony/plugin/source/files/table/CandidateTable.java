package org.polyphony.plugin.source.files.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.input.Row;
import org.polyphony.plugin.source.files.mapping.CandidatesFile;

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
        database.read(folder.files(file.file()), columns, row -> {
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
        String text = row.text(column);
        return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no", "" -> false;
            default -> throw row.invalid(column, "expected true or false, 1 or 0, yes or no");
        };
    }
}
