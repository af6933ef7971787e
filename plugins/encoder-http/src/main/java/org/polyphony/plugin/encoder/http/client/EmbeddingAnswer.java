package org.polyphony.plugin.encoder.http.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Reads `{"data":[{"index":0,"embedding":[…]},…]}`.
final class EmbeddingAnswer {

    private EmbeddingAnswer() {}

    /// The vectors in the order of their indices.
    ///
    /// @throws IllegalArgumentException if it is not one vector of finite numbers for each of `texts` texts
    static List<double[]> read(byte[] body, int texts) {
        if (!(Json.read(utf8(body)) instanceof Map<?, ?> answer) || !(answer.get("data") instanceof List<?> data)) {
            throw new IllegalArgumentException("it has no list 'data'");
        }
        if (data.size() != texts) {
            throw new IllegalArgumentException("it has " + data.size() + " vectors");
        }
        var vectors = new double[texts][];
        for (var entry : data) {
            if (!(entry instanceof Map<?, ?> row)
                    || !(row.get("index") instanceof Double index)
                    || !(row.get("embedding") instanceof List<?> numbers)) {
                throw new IllegalArgumentException("an entry of 'data' lacks an index or an embedding");
            }
            int at = index.intValue();
            if (at != index || at < 0 || at >= texts || vectors[at] != null) {
                throw new IllegalArgumentException("the index " + index + " is given twice or is none of the texts");
            }
            vectors[at] = vector(numbers, at);
        }
        return Arrays.asList(vectors);
    }

    private static double[] vector(List<?> numbers, int index) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("vector " + index + " is empty");
        }
        var vector = new double[numbers.size()];
        for (int d = 0; d < vector.length; d++) {
            if (!(numbers.get(d) instanceof Double number) || !Double.isFinite(number)) {
                throw new IllegalArgumentException(
                        "number " + d + " of vector " + index + " is " + numbers.get(d) + ", no finite number");
            }
            vector[d] = number;
        }
        return vector;
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }
}
