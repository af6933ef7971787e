package org.polyphony.engine.game;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.polyphony.engine.certify.CertificateJson;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.alignment.CertificateRow;
import org.polyphony.spi.alignment.Solution;
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
        record Solved(Solution answer, CertificateRow certificate, Standing standing) implements Answer {}

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
                node.set("residual", CertificateJson.number(residual));
            }
            case Answer.Solved solved -> {
                node.put("standing", solved.standing().name());
                var answered = solved.answer();
                node.set("policy", CertificateJson.numbers(answered.policy()));
                if (answered.hasProfile()) {
                    var profile = node.putArray("profile");
                    for (int s = 0; s < solved.certificate().utility().dimension(0); s++) {
                        profile.add(CertificateJson.numbers(answered.profile(s)));
                    }
                } else {
                    node.putNull("profile");
                }
                // what is served; for a profile, the stakeholders' weighted mixture
                node.set("deployed", CertificateJson.numbers(answered.policy()));
                node.set(
                        "certificate",
                        CertificateJson.of(solved.certificate(), answered, solved.standing(), List.of()));
            }
        }
        return node;
    }
}
