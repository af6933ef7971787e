package org.polyphony.engine.game;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.error.Issue;

/// Answers to explicit games, in the order of the games.
public final class GameResults {

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            // errors repeat what a file holds; a terminal meets no control character
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());

    private final List<Answer> answers;
    private final List<Issue> issues;

    private GameResults(List<Answer> answers, List<Issue> issues) {
        this.answers = List.copyOf(answers);
        this.issues = List.copyOf(issues);
    }

    GameResults(List<Answer> answers) {
        this(answers, List.of());
    }

    /// The same with more to know.
    public GameResults withIssues(List<Issue> more) {
        var all = new ArrayList<>(issues);
        all.addAll(more);
        return new GameResults(answers, all);
    }

    /// What was held back, and what the algorithm had to say: games that did not converge, bargains that
    /// cannot be struck.
    public List<Issue> issues() {
        return issues;
    }

    /// What became of one game.
    public sealed interface Answer {

        /// Solved, well or not: the standing and the certificate say.
        record Solved(
                double[] policy,
                double[][] profile,
                double gap,
                double gapTau,
                double tau,
                double[] nashConv,
                double[] unilateralGain,
                double[] utility,
                double delta,
                int iterations,
                boolean converged,
                boolean uniqueGuaranteed,
                Standing standing)
                implements Answer {}

        /// No candidate may be played.
        record Refused() implements Answer {}

        /// Answered, but not published.
        ///
        /// @param standing refused or rejected
        /// @param code of [org.polyphony.engine.certify.HeldBack]
        /// @param reason what was wrong with the answer
        /// @param residual what the verifier found left to gain at the solution's tau; NaN if it found no
        ///     policy
        record Withheld(Standing standing, String code, String reason, double residual) implements Answer {}

        /// Not a game, or not one this formulation can be played on.
        record Failed(String reason) implements Answer {}
    }

    /// The answers, in the order of the games.
    public List<Answer> answers() {
        return answers;
    }

    /// How many games there were.
    public int count() {
        return answers.size();
    }

    /// How many were refused because no candidate may be played.
    public long refused() {
        return answers.stream().filter(Answer.Refused.class::isInstance).count();
    }

    /// How many could not be solved.
    public long failed() {
        return answers.stream().filter(Answer.Failed.class::isInstance).count();
    }

    /// Writes `{"results":[…]}`, one game a line.
    public void write(PrintWriter out) {
        out.println("{\"results\":[");
        for (int i = 0; i < answers.size(); i++) {
            try {
                out.print(JSON.writeValueAsString(node(answers.get(i))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.println(i == answers.size() - 1 ? "" : ",");
        }
        out.println("]}");
    }

    private static ObjectNode node(Answer answer) {
        var node = JsonNodeFactory.instance.objectNode();
        switch (answer) {
            case Answer.Failed failed -> node.put("error", failed.reason());
            case Answer.Refused() -> {
                node.put("standing", Standing.REFUSED.name()).put("refused", true);
                node.put("error", "no candidate may be played: all are unsafe; mark at least one as safe");
            }
            case Answer.Withheld(var standing, var code, var reason, var residual) -> {
                node.put("standing", standing.name());
                if (standing == Standing.REFUSED) {
                    node.put("refused", true);
                }
                node.put("error", code + ": " + reason);
                put(node, "residual", residual);
            }
            case Answer.Solved solved -> {
                node.put("standing", solved.standing().name());
                node.set("policy", array(solved.policy()));
                if (solved.profile().length == 0) {
                    node.putNull("profile");
                } else {
                    var profile = node.putArray("profile");
                    for (var row : solved.profile()) {
                        profile.add(array(row));
                    }
                }
                // what is served; for a profile, the stakeholders' weighted mixture
                node.set("deployed", array(solved.policy()));
                node.set("certificate", certificate(solved));
            }
        }
        return node;
    }

    private static ObjectNode certificate(Answer.Solved solved) {
        var node = JsonNodeFactory.instance.objectNode();
        put(node, "gap", solved.gap());
        put(node, "gapTau", solved.gapTau());
        put(node, "tau", solved.tau());
        node.set("nashConv", array(solved.nashConv()));
        node.set("unilateralGain", array(solved.unilateralGain()));
        node.set("utility", array(solved.utility()));
        put(node, "delta", solved.delta());
        node.put("iterations", solved.iterations());
        node.put("converged", solved.converged());
        node.put("uniqueGuaranteed", solved.uniqueGuaranteed());
        return node.put("accepted", solved.standing() == Standing.CERTIFIED);
    }

    private static ArrayNode array(double[] values) {
        var array = JsonNodeFactory.instance.arrayNode(values.length);
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
        return array;
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
