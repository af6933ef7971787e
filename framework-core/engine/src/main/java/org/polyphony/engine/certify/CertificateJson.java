package org.polyphony.engine.certify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.polyphony.spi.alignment.CertificateRow;
import org.polyphony.spi.alignment.Solution;

/// A certificate as every document shows it. JSON has no NaN: what could not be measured is null.
public final class CertificateJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CertificateJson() {}

    /// @param answer the policy it is about
    /// @param names the stakeholders' names; without any, their figures are lists in the order of the game
    public static ObjectNode of(CertificateRow certificate, Solution answer, Standing standing, List<String> names) {
        var node = NODES.objectNode();
        node.set("gap", number(certificate.gap()));
        node.set("gapTau", number(certificate.gapTau()));
        node.set("tau", number(answer.tau()));
        node.set("nashConv", perStakeholder(certificate.nashConv().toDoubles(), names));
        node.set("unilateralGain", perStakeholder(certificate.unilateralGain().toDoubles(), names));
        node.set("utility", perStakeholder(certificate.utility().toDoubles(), names));
        node.set("delta", number(certificate.delta()));
        return node.put("iterations", answer.iterations())
                .put("converged", answer.converged())
                .put("uniqueGuaranteed", certificate.uniqueGuaranteed())
                .put("accepted", standing == Standing.CERTIFIED);
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

    private static JsonNode perStakeholder(double[] values, List<String> names) {
        if (names.isEmpty()) {
            return numbers(values);
        }
        var node = NODES.objectNode();
        for (int s = 0; s < values.length; s++) {
            node.set(names.get(s), number(values[s]));
        }
        return node;
    }
}
