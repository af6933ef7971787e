package org.polyphony.engine.certify;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.polyphony.spi.alignment.CertificateRow;
import org.polyphony.spi.alignment.Solution;
import org.polyphony.spi.tensor.Tensor;

/// A certificate as every document shows it. JSON has no NaN: what could not be measured is null.
public final class CertificateJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CertificateJson() {}

    /// The certificate as a tree; see [#write].
    public static ObjectNode of(CertificateRow certificate, Solution answer, Standing standing, List<String> names) {
        try (var tokens = new TokenBuffer(JSON, false)) {
            write(tokens, certificate, answer, standing, names);
            return JSON.readTree(tokens.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is read or written but memory
        }
    }

    /// Writes a certificate.
    ///
    /// @param answer the policy it is about
    /// @param names the stakeholders' names; without any, their figures are lists in the order of the game
    public static void write(
            JsonGenerator out, CertificateRow certificate, Solution answer, Standing standing, List<String> names)
            throws IOException {
        out.writeStartObject();
        write(out, "gap", certificate.gap());
        write(out, "gapTau", certificate.gapTau());
        write(out, "tau", answer.tau());
        perStakeholder(out, "nashConv", certificate.nashConv(), names);
        perStakeholder(out, "unilateralGain", certificate.unilateralGain(), names);
        perStakeholder(out, "utility", certificate.utility(), names);
        write(out, "delta", certificate.delta());
        out.writeNumberField("iterations", answer.iterations());
        out.writeBooleanField("converged", answer.converged());
        out.writeBooleanField("uniqueGuaranteed", certificate.uniqueGuaranteed());
        out.writeBooleanField("accepted", standing == Standing.CERTIFIED);
        out.writeEndObject();
    }

    /// Writes a list of numbers.
    public static void write(JsonGenerator out, double[] values) throws IOException {
        out.writeStartArray();
        for (double value : values) {
            write(out, value);
        }
        out.writeEndArray();
    }

    /// Writes a number by its name.
    public static void write(JsonGenerator out, String name, double value) throws IOException {
        out.writeFieldName(name);
        write(out, value);
    }

    private static void write(JsonGenerator out, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private static void perStakeholder(JsonGenerator out, String name, Tensor values, List<String> names)
            throws IOException {
        out.writeFieldName(name);
        if (names.isEmpty()) {
            write(out, values.toDoubles());
            return;
        }
        out.writeStartObject();
        for (int s = 0; s < names.size(); s++) {
            write(out, names.get(s), values.getDouble(s));
        }
        out.writeEndObject();
    }

    /// A list of numbers.
    public static ArrayNode numbers(double[] values) {
        var array = NODES.arrayNode(values.length);
        for (double value : values) {
            array.add(number(value));
        }
        return array;
    }

    /// A number, null where there is none.
    public static JsonNode number(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
    }
}
