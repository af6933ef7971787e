package org.polyphony.engine.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;
import org.polyphony.spi.tensor.Shape;

/// The JSON texts that tensor extension types keep in a field's metadata.
final class TensorMetadata {

    private TensorMetadata() {}

    static String ofShape(Shape shape) {
        return shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining(",", "{\"shape\":[", "]}"));
    }

    /// The shape that metadata of a fixed-shape tensor name.
    static Shape shapeOf(String metadata) {
        var shape = parse(metadata).path("shape");
        if (!shape.isArray()) {
            throw new IllegalArgumentException(
                    "metadata of a fixed-shape tensor must have an array shape, got " + metadata);
        }
        var dimensions = new int[shape.size()];
        for (int axis = 0; axis < dimensions.length; axis++) {
            if (!shape.get(axis).canConvertToInt() || shape.get(axis).intValue() < 0) {
                throw new IllegalArgumentException("a dimension must be an integer >= 0, got " + metadata);
            }
            dimensions[axis] = shape.get(axis).intValue();
        }
        return Shape.of(dimensions);
    }

    /// Parses and checks what both types share: an object whose permutation, if any, is the identity.
    static JsonNode parse(String metadata) {
        JsonNode root;
        try {
            root = Mapper.JSON.readTree(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("metadata of a tensor must be JSON, got " + metadata, e);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("metadata of a tensor must be a JSON object, got " + metadata);
        }
        var permutation = root.path("permutation");
        for (int axis = 0; axis < permutation.size(); axis++) {
            if (permutation.get(axis).asInt(-1) != axis) {
                throw new IllegalArgumentException(
                        "permuted tensors are not read, got " + metadata + "; store them row-major");
            }
        }
        return root;
    }

    // a class of its own, because most runs never read a tensor's metadata and need not load the parser
    private static final class Mapper {
        static final ObjectMapper JSON = new ObjectMapper();
    }
}
