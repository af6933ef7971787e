package org.polyphony.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.deploy.Reply;
import org.polyphony.engine.run.LearnedDeployment;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.profile.Blend;

/// A reply for people, or as JSON.
final class AskAnswer {

    /// Said of every seat's own answer: a deployment measures nothing.
    private static final String NO_VERDICT =
            "What each seat alone would get stands there for comparison. Whether the seats differ at all is a study's"
                    + " verdict, and none was made here: 'polyphony study run' makes it. Unless it says DIFFERS of a seat,"
                    + " its own answer is no finding.";

    private final LearnedDeployment deployment;
    private final Reply reply;
    private final String study;

    AskAnswer(LearnedDeployment deployment, Reply reply, String study) {
        this.deployment = deployment;
        this.reply = reply;
        this.study = study;
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
        var issues = new ArrayList<>(deployment.issues());
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

    private Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("study", study);
        reply.item().ifPresent(item -> document.put("item", item));
        document.put(
                "candidates",
                reply.candidates().stream().map(AskAnswer::candidate).toList());
        document.put("answers", reply.answers().stream().map(this::answer).toList());
        document.put(
                "refusals", reply.refusals().stream().map(AskAnswer::refusal).toList());
        reply.pick()
                .ifPresent(pick ->
                        document.put("pick", map("candidate", pick.candidate(), "probability", pick.probability())));
        document.put(
                "issues",
                issues().stream()
                        .map(issue -> map(
                                "severity", issue.severity().name(), "code", issue.code(), "message", issue.message()))
                        .toList());
        document.put("seatsDiffer", "NOT_MEASURED");
        var receipt = reply.receipt();
        document.put(
                "receipt",
                map(
                        "digest",
                        receipt.digest(),
                        "profiles",
                        receipt.profiles(),
                        "constraints",
                        receipt.constraints(),
                        "generations",
                        receipt.generations().stream()
                                .map(AskAnswer::generation)
                                .toList()));
        return document;
    }

    private static Map<String, Object> candidate(Reply.Candidate of) {
        return map("id", of.id(), "text", of.text(), "allowed", of.allowed());
    }

    private Map<String, Object> answer(Reply.Answer of) {
        var document = map("viewpoint", of.viewpoint(), "formulation", of.formulation());
        document.put("standing", of.standing().name());
        document.put("seats", of.blend().seats());
        document.put("judgments", of.blend().judgments());
        document.put("people", of.blend().people());
        of.blend().tooFew().ifPresent(few -> document.put("tooFew", few));
        document.put("compared", of.compared());
        document.put("probabilities", of.probabilities());
        return document;
    }

    private static Map<String, Object> refusal(Reply.Refusal of) {
        return map(
                "candidate",
                of.candidate(),
                "rule",
                of.rule(),
                "universal",
                of.universal(),
                "reason",
                of.reason(),
                "source",
                of.source());
    }

    private static Map<String, Object> generation(Reply.Generation of) {
        return map(
                "slot",
                of.slot(),
                "plugin",
                of.plugin(),
                "version",
                of.version(),
                "sha256",
                of.sha256(),
                "number",
                of.number());
    }

    private static Map<String, Object> map(Object... entries) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(String.valueOf(entries[i]), entries[i + 1]);
        }
        return map;
    }
}
