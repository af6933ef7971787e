package org.polyphony.engine.codec;

import java.util.List;

/// How one component of many records is written as columns and read from them.
interface ColumnCodec {

    /// @param values the component of each record, in order; none is null
    void write(String path, List<?> values, BatchWriter out);

    /// @param count how many records there are
    List<Object> read(String path, int count, BatchReader in);
}
