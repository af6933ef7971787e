package org.polyphony.engine.io;

import java.util.List;
import org.apache.arrow.flatbuf.RecordBatch;

/// Checks a record batch as it lies in the message: every buffer inside the body, and as long as the number of
/// values says, so that Arrow never allocates more than the input is worth.
final class BatchCheck {

    private final RecordBatch batch;
    private final long body;
    private final ArrowLimits limits;
    private int node;
    private int buffer;
    private long cells;

    private BatchCheck(RecordBatch batch, long body, ArrowLimits limits) {
        this.batch = batch;
        this.body = body;
        this.limits = limits;
    }

    static void check(RecordBatch batch, List<ColumnForm> columns, long body, ArrowLimits limits) throws RejectedData {
        if (batch.compression() != null) {
            throw new RejectedData("the data are compressed; write them without compression");
        }
        if (batch.variadicBufferCountsLength() > 0) {
            throw new RejectedData("the data have view columns; write plain text or binary columns");
        }
        if (batch.length() < 0 || batch.length() > limits.rows()) {
            throw new RejectedData("a batch claims " + batch.length() + " rows, " + limits.rows()
                    + " are allowed; write smaller batches");
        }
        int nodes = columns.stream().mapToInt(ColumnForm::nodes).sum();
        int buffers = columns.stream().mapToInt(ColumnForm::buffers).sum();
        if (batch.nodesLength() != nodes || batch.buffersLength() != buffers) {
            throw new RejectedData("a batch has " + batch.nodesLength() + " nodes and " + batch.buffersLength()
                    + " buffers, its schema needs " + nodes + " and " + buffers);
        }
        var check = new BatchCheck(batch, body, limits);
        for (var column : columns) {
            long length = check.column(column);
            if (length != batch.length()) {
                throw new RejectedData(
                        "column " + column.name() + " has " + length + " rows, the batch has " + batch.length());
            }
        }
    }

    private long column(ColumnForm column) throws RejectedData {
        var values = batch.nodes(node++);
        long length = values.length();
        if (length < 0 || values.nullCount() < 0 || values.nullCount() > length) {
            throw new RejectedData(
                    "column " + column.name() + " claims " + length + " values and " + values.nullCount() + " nulls");
        }
        cells += length;
        if (length > limits.cells() || cells > limits.cells()) {
            throw new RejectedData("a batch has more than " + limits.cells() + " values; write smaller batches");
        }
        long validity = buffer(column);
        if (validity < bytes(length, 1) && !(validity == 0 && values.nullCount() == 0)) {
            throw tooShort(column, "validity", validity, bytes(length, 1));
        }
        switch (column.kind()) {
            case FIXED -> require(column, "values", bytes(length, column.bits()));
            case BYTES -> {
                require(column, "offsets", length == 0 ? 0 : (length + 1) * Integer.BYTES);
                buffer(column);
            }
            case LIST -> {
                require(column, "offsets", length == 0 ? 0 : (length + 1) * Integer.BYTES);
                column(column.children().getFirst());
            }
            case FIXED_LIST -> {
                long children = column(column.children().getFirst());
                if (children / Math.max(1, column.bits()) < length && column.bits() > 0) {
                    throw new RejectedData("column " + column.name() + " has " + length + " lists of " + column.bits()
                            + " values, but only " + children + " values");
                }
            }
            case STRUCT -> {
                for (var child : column.children()) {
                    long children = column(child);
                    if (children < length) {
                        throw new RejectedData("column " + column.name() + " has " + length + " values, its part "
                                + child.name() + " only " + children);
                    }
                }
            }
        }
        return length;
    }

    private void require(ColumnForm column, String what, long needed) throws RejectedData {
        long actual = buffer(column);
        if (actual < needed) {
            throw tooShort(column, what, actual, needed);
        }
    }

    private long buffer(ColumnForm column) throws RejectedData {
        var next = batch.buffers(buffer++);
        if (next.offset() < 0 || next.length() < 0 || next.offset() > body || next.length() > body - next.offset()) {
            throw new RejectedData("column " + column.name() + " has a buffer of " + next.length() + " bytes at "
                    + next.offset() + ", outside of its body of " + body + " bytes");
        }
        return next.length();
    }

    private static RejectedData tooShort(ColumnForm column, String what, long actual, long needed) {
        return new RejectedData(
                "column " + column.name() + " has " + actual + " bytes of " + what + ", needs " + needed);
    }

    private static long bytes(long values, long bits) {
        return (values * bits + 7) / 8;
    }
}
