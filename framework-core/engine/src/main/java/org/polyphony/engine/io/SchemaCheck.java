package org.polyphony.engine.io;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/// Checks a schema as it lies in the message, before Arrow turns it into objects: parts of a flatbuffer may
/// point to the same bytes many times over, so that a small message can stand for a huge schema.
final class SchemaCheck {

    private final ArrowLimits limits;
    private long columns;
    private long texts;

    private SchemaCheck(ArrowLimits limits) {
        this.limits = limits;
    }

    /// The forms of a schema's columns.
    static List<ColumnForm> formsOf(Schema schema, ArrowLimits limits) throws RejectedData {
        if (schema.endianness() != Endianness.Little) {
            throw new RejectedData("the data are big-endian; write them little-endian");
        }
        var check = new SchemaCheck(limits);
        for (int i = 0; i < schema.customMetadataLength(); i++) {
            check.text(schema.customMetadata(i));
        }
        var forms = new ArrayList<ColumnForm>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            forms.add(check.form(schema.fields(i), 1));
        }
        return forms;
    }

    private ColumnForm form(Field field, int depth) throws RejectedData {
        text(field.nameAsByteBuffer());
        if (++columns > limits.columns()) {
            throw new RejectedData("the schema has more than " + limits.columns() + " columns");
        }
        var name = field.name() == null ? "" : field.name();
        if (depth > limits.depth()) {
            throw new RejectedData("column " + name + " is nested deeper than " + limits.depth() + " levels");
        }
        if (field.dictionary() != null) {
            throw new RejectedData("column " + name + " is dictionary-encoded; write its values plainly");
        }
        for (int i = 0; i < field.customMetadataLength(); i++) {
            text(field.customMetadata(i));
        }
        var children = new ArrayList<ColumnForm>();
        for (int i = 0; i < field.childrenLength(); i++) {
            children.add(form(field.children(i), depth + 1));
        }
        var form = form(field, name, children);
        int expected = switch (form.kind()) {
            case FIXED, BYTES -> 0;
            case LIST, FIXED_LIST -> 1;
            case STRUCT -> Math.max(1, children.size());
        };
        if (children.size() != expected) {
            throw new RejectedData(
                    "column " + name + " has " + children.size() + " nested columns instead of " + expected);
        }
        return form;
    }

    private static ColumnForm form(Field field, String name, List<ColumnForm> children) throws RejectedData {
        return switch (field.typeType()) {
            case Type.Int -> new ColumnForm(name, ColumnForm.Kind.FIXED, intBits(field, name), children);
            case Type.FloatingPoint -> new ColumnForm(name, ColumnForm.Kind.FIXED, floatBits(field, name), children);
            case Type.Bool -> new ColumnForm(name, ColumnForm.Kind.FIXED, 1, children);
            case Type.Utf8, Type.Binary -> new ColumnForm(name, ColumnForm.Kind.BYTES, 0, children);
            case Type.List -> new ColumnForm(name, ColumnForm.Kind.LIST, 0, children);
            case Type.Struct_ -> new ColumnForm(name, ColumnForm.Kind.STRUCT, 0, children);
            case Type.FixedSizeList ->
                new ColumnForm(name, ColumnForm.Kind.FIXED_LIST, listSize(field, name), children);
            default ->
                throw new RejectedData("column " + name + " is of type "
                        + (field.typeType() >= 0 && field.typeType() < Type.names.length
                                ? Type.name(field.typeType())
                                : "number " + field.typeType())
                        + "; allowed are Int, FloatingPoint, Bool, Utf8, Binary, List, FixedSizeList and Struct");
        };
    }

    private static int intBits(Field field, String name) throws RejectedData {
        int bits = ((Int) type(field, new Int(), name)).bitWidth();
        return switch (bits) {
            case 8, 16, 32, 64 -> bits;
            default -> throw new RejectedData("column " + name + " has integers of " + bits + " bits");
        };
    }

    private static int floatBits(Field field, String name) throws RejectedData {
        return switch (((FloatingPoint) type(field, new FloatingPoint(), name)).precision()) {
            case Precision.SINGLE -> 32;
            case Precision.DOUBLE -> 64;
            default -> throw new RejectedData("column " + name + " has half-precision numbers; use float32 or float64");
        };
    }

    private static int listSize(Field field, String name) throws RejectedData {
        int size = ((FixedSizeList) type(field, new FixedSizeList(), name)).listSize();
        if (size < 0) {
            throw new RejectedData("column " + name + " has lists of size " + size);
        }
        return size;
    }

    private static com.google.flatbuffers.Table type(Field field, com.google.flatbuffers.Table into, String name)
            throws RejectedData {
        var type = field.type(into);
        if (type == null) {
            throw new RejectedData("column " + name + " does not say its type");
        }
        return type;
    }

    private void text(@Nullable KeyValue entry) throws RejectedData {
        texts += Long.BYTES; // an empty entry is work too
        if (entry != null) {
            text(entry.keyAsByteBuffer());
            text(entry.valueAsByteBuffer());
        }
    }

    private void text(@Nullable ByteBuffer text) throws RejectedData {
        texts += text == null ? 0 : text.remaining();
        if (texts > limits.metadataBytes()) {
            throw new RejectedData("names and metadata of the schema exceed " + limits.metadataBytes() + " bytes");
        }
    }
}
