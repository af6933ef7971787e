package org.polyphony.engine.codec;

/// How one component of a record is written under a path and read from it.
interface ValueCodec {

    void write(String path, Object value, BatchWriter out);

    Object read(String path, BatchReader in);
}
