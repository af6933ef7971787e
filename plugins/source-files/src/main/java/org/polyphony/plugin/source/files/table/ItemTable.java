package org.polyphony.plugin.source.files.table;

import java.util.ArrayList;
import org.polyphony.plugin.source.assemble.Catalogue;
import org.polyphony.plugin.source.files.input.DataFolder;
import org.polyphony.plugin.source.files.input.Database;
import org.polyphony.plugin.source.files.mapping.ItemsFile;

/// Reads what is known of items into a catalogue that has them already.
final class ItemTable {

    private final Database database;
    private final Catalogue catalogue;

    ItemTable(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    void read(DataFolder folder, ItemsFile file) {
        var columns = new ArrayList<String>();
        columns.add(file.id());
        file.prompt().ifPresent(columns::add);
        // a column may serve twice, for example as the prompt and as an attribute
        file.attributes().stream().filter(name -> !columns.contains(name)).forEach(columns::add);
        database.read(folder.files(file.file()), columns, row -> {
            int item = catalogue.findItem(row.required(0));
            if (item < 0) {
                return;
            }
            if (file.prompt().isPresent()) {
                String prompt = row.text(columns.indexOf(file.prompt().get()));
                catalogue.prompt(item, prompt == null ? "" : prompt);
            }
            for (var name : file.attributes()) {
                String value = row.text(columns.indexOf(name));
                catalogue.attribute(item, name, value == null ? "" : value);
            }
        });
    }
}
