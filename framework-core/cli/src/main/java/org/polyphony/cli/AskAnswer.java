package org.polyphony.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.deploy.Reply;
import org.polyphony.engine.deploy.ReplyDocument;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.profile.Blend;

/// A reply for people, or as JSON.
final class AskAnswer {

    /// Said of every seat's own answer: a deployment measures nothing.
    private static final String NO_VERDICT =
            "What each seat alone would get stands there for comparison. Whether the seats differ at all is a study's"
                    + " verdict, and none was made here: 'polyphony study run' makes it. Unless it says DIFFERS of a seat,"
                    + " its own answer is no finding.";

    private final String study;
    private final List<Issue> learned;
    private final Reply reply;

    /// What [org.polyphony.engine.run.AskVerb] answered.
    AskAnswer(JsonNode answered) {
        study = answered.path("study").asText();
        learned = ReplyDocument.issues(answered.path("learned"));
        reply = ReplyDocument.read(answered.path("reply"));
    }

    void print(boolean json) {
        Failures.print(reply.issues());
        if (json) {
            System.out.println(Tables.json(document()));
            return;
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put(
                "asked",
                reply.item().map(item -> "item " + item + " of " + study).orElse("a question that is not in " + study));
        if (!reply.answers().isEmpty()) {
            var answer = reply.answers().getFirst();
            facts.put("for", shares(answer.blend()) + "; " + support(answer.blend()));
            facts.put("compared", number(answer.compared()) + " comparisons among these are about this item");
            facts.put("policy", answer.formulation() + ", " + answer.standing() + ": " + means(answer.standing()));
        }
        Tables.print(facts, false);
        candidates();
        if (!reply.answers().isEmpty()) {
            seats();
        }
        refusals();
        var last = new LinkedHashMap<String, Object>();
        last.put(
                "pick",
                reply.pick()
                        .map(pick -> pick.candidate() + ", of probability " + probability(pick.probability()))
                        .orElse("none"));
        last.put("receipt", reply.receipt().digest());
        System.out.println();
        Tables.print(last, false);
    }

    /// 0, or what a study says: 5 if a plugin failed, 7 if its answer was rejected, 4 if nothing may be
    /// given.
    int exitCode() {
        int code = Failures.outcome(reply.issues());
        return code != 0 || reply.pick().isPresent() ? code : Failures.SAFETY;
    }

    private List<Issue> issues() {
        var issues = new ArrayList<>(learned);
        issues.addAll(reply.issues());
        return issues;
    }

    private void candidates() {
        var columns = new ArrayList<>(List.of("candidate"));
        reply.answers().forEach(answer -> columns.add(answer.viewpoint()));
        columns.add("text");
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < reply.candidates().size(); i++) {
            var candidate = reply.candidates().get(i);
            var row = new ArrayList<>(List.of(candidate.id()));
            for (var answer : reply.answers()) {
                row.add(
                        !candidate.allowed()
                                ? "refused"
                                : answer.standing().published()
                                        ? probability(answer.probabilities().get(i))
                                        : "–");
            }
            row.add(shortened(candidate.text()));
            rows.add(row);
        }
        System.out.println();
        Tables.print(columns, rows);
    }

    // the judgments behind each part of the answer
    private void seats() {
        var shares = reply.answers().getFirst().blend().seats();
        var rows = new ArrayList<List<String>>();
        for (var answer : reply.answers().subList(1, reply.answers().size())) {
            rows.add(List.of(
                    answer.viewpoint(),
                    percent(shares.getOrDefault(answer.viewpoint(), 0.0)),
                    number(answer.blend().judgments()),
                    String.valueOf(answer.blend().people()),
                    number(answer.compared()),
                    answer.standing().toString()));
        }
        System.out.println();
        Tables.print(List.of("seat", "share", "judgments", "people", "compared", "standing"), rows);
        if (rows.size() > 1) {
            System.out.println(NO_VERDICT);
        }
    }

    private void refusals() {
        if (reply.refusals().isEmpty()) {
            return;
        }
        System.out.println();
        Tables.print(
                List.of("refused", "rule", "for", "reason", "source"),
                reply.refusals().stream()
                        .map(of -> List.of(
                                of.candidate(),
                                of.rule(),
                                of.universal() ? "everybody" : "these claims",
                                of.reason(),
                                of.source()))
                        .toList());
    }

    private static String shares(Blend blend) {
        return blend.seats().isEmpty()
                ? "one person"
                : blend.seats().entrySet().stream()
                        .map(of -> of.getKey() + " " + percent(of.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String support(Blend blend) {
        return number(blend.judgments()) + " judgments of " + blend.people()
                + (blend.people() == 1 ? " person" : " people");
    }

    private static String means(Standing standing) {
        return switch (standing) {
            case CERTIFIED -> "proved to solve its game, of the preferences estimated";
            case VALID -> "it gives nothing that is refused, and nothing more is proved";
            case REFUSED, REJECTED -> "nothing of it is given";
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String probability(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String shortened(String text) {
        int shown = 60;
        return text.length() <= shown ? text : text.substring(0, shown - 1) + "…";
    }

    private ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode().put("study", study);
        ReplyDocument.write(reply).properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "issues" -> document.set("issues", ReplyDocument.write(issues()));
                case "receipt" -> document.put("seatsDiffer", "NOT_MEASURED").set("receipt", entry.getValue());
                default -> document.set(entry.getKey(), entry.getValue());
            }
        });
        return document;
    }
}
