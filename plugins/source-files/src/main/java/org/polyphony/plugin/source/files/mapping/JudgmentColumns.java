package org.polyphony.plugin.source.files.mapping;

import java.util.List;
import java.util.Optional;
import org.polyphony.plugin.source.assemble.Attribute;
import org.polyphony.spi.plugin.Setting;

/// Which columns say about what, by whom and how was judged.
public record JudgmentColumns(
        @Setting(description = "table: column with the id of the item; absent: all rows are about one item")
        Optional<String> item,

        @Setting(
                description = "table, trl: column with the id of the annotator; absent in a table of pairs or rankings,"
                        + " or in trl: all are by one annotator")
        Optional<String> annotator,

        FormColumns form,

        @Setting(description = "table, canonical, trl: what is known of annotators")
        List<AttributeColumn> attributes,

        @Setting(description = "table, trl: column with the weight, positive; absent: 1")
        Optional<String> weight,

        @Setting(
                description =
                        "table, trl: column with the time, ISO 8601, or seconds, milli-, micro- or nanoseconds since 1970")
        Optional<String> time) {

    public JudgmentColumns {
        attributes = List.copyOf(attributes);
        if (attributes.stream().map(AttributeColumn::name).distinct().count() != attributes.size()) {
            throw new IllegalArgumentException("two attributes have the same name: "
                    + attributes.stream().map(AttributeColumn::name).toList());
        }
    }

    /// What is known of annotators.
    public List<Attribute> known() {
        return attributes.stream().map(AttributeColumn::attribute).toList();
    }
}
