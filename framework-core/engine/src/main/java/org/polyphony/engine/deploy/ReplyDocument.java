package org.polyphony.engine.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.polyphony.engine.certify.Standing;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.profile.Blend;

/// A reply as a JSON document, as `polyphony ask --json` prints it, and back: what is read equals what was written, so
/// that its receipt attests it still.
public final class ReplyDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReplyDocument() {}

    /// A reply as a document.
    public static ObjectNode write(Reply reply) {
        var document = JSON.objectNode();
        reply.item().ifPresent(item -> document.put("item", item));
        var candidates = document.putArray("candidates");
        reply.candidates()
                .forEach(of -> candidates
                        .addObject()
                        .put("id", of.id())
                        .put("text", of.text())
                        .put("allowed", of.allowed()));
        var answers = document.putArray("answers");
        reply.answers().forEach(of -> write(of, answers.addObject()));
        var refusals = document.putArray("refusals");
        reply.refusals()
                .forEach(of -> refusals.addObject()
                        .put("candidate", of.candidate())
                        .put("rule", of.rule())
                        .put("universal", of.universal())
                        .put("reason", of.reason())
                        .put("source", of.source()));
        reply.pick()
                .ifPresent(pick -> document.putObject("pick")
                        .put("candidate", pick.candidate())
                        .put("probability", pick.probability()));
        document.set("issues", write(reply.issues()));
        write(reply.receipt(), document.putObject("receipt"));
        return document;
    }

    private static void write(Reply.Answer of, ObjectNode to) {
        to.put("viewpoint", of.viewpoint()).put("formulation", of.formulation());
        to.put("standing", of.standing().name());
        var seats = to.putObject("seats");
        of.blend().seats().forEach(seats::put);
        to.put("judgments", of.blend().judgments()).put("people", of.blend().people());
        of.blend().tooFew().ifPresent(few -> to.put("tooFew", few));
        to.put("compared", of.compared());
        var probabilities = to.putArray("probabilities");
        of.probabilities().forEach(probabilities::add);
    }

    private static void write(Receipt of, ObjectNode to) {
        to.put("digest", of.digest()).put("profiles", of.profiles());
        var constraints = to.putArray("constraints");
        of.constraints().forEach(constraints::add);
        var generations = to.putArray("generations");
        of.generations()
                .forEach(one -> generations
                        .addObject()
                        .put("slot", one.slot())
                        .put("plugin", one.plugin())
                        .put("version", one.version())
                        .put("sha256", one.sha256())
                        .put("number", one.number()));
    }

    /// Issues as a document. Where one is said to be is left out if that is nowhere.
    public static ArrayNode write(List<Issue> issues) {
        var list = JSON.arrayNode();
        issues.forEach(issue -> {
            var one = list.addObject()
                    .put("severity", issue.severity().name())
                    .put("code", issue.code())
                    .put("message", issue.message());
            if (!issue.location().isEmpty()) {
                one.put("location", issue.location());
            }
        });
        return list;
    }

    /// What was written.
    ///
    /// @throws IllegalArgumentException if a standing or a severity is none that this version knows
    public static Reply read(JsonNode document) {
        var pick = document.path("pick");
        var receipt = document.path("receipt");
        return new Reply(
                optional(document.path("item")),
                list(
                        document.path("candidates"),
                        of -> new Reply.Candidate(
                                text(of, "id"),
                                text(of, "text"),
                                of.path("allowed").asBoolean())),
                list(document.path("answers"), ReplyDocument::answer),
                pick.isObject()
                        ? Optional.of(new Reply.Pick(
                                text(pick, "candidate"),
                                pick.path("probability").asDouble()))
                        : Optional.empty(),
                list(
                        document.path("refusals"),
                        of -> new Reply.Refusal(
                                text(of, "candidate"),
                                text(of, "rule"),
                                of.path("universal").asBoolean(),
                                text(of, "reason"),
                                text(of, "source"))),
                issues(document.path("issues")),
                new Receipt(
                        text(receipt, "digest"),
                        text(receipt, "profiles"),
                        list(receipt.path("constraints"), JsonNode::asText),
                        list(
                                receipt.path("generations"),
                                of -> new Reply.Generation(
                                        text(of, "slot"),
                                        text(of, "plugin"),
                                        text(of, "version"),
                                        text(of, "sha256"),
                                        of.path("number").asLong()))));
    }

    private static Reply.Answer answer(JsonNode of) {
        var seats = new TreeMap<String, Double>();
        of.path("seats")
                .properties()
                .forEach(seat -> seats.put(seat.getKey(), seat.getValue().asDouble()));
        return new Reply.Answer(
                text(of, "viewpoint"),
                new Blend(
                        text(of, "viewpoint"),
                        seats,
                        of.path("judgments").asDouble(),
                        of.path("people").asInt(),
                        optional(of.path("tooFew"))),
                of.path("compared").asDouble(),
                text(of, "formulation"),
                Standing.valueOf(text(of, "standing")),
                list(of.path("probabilities"), JsonNode::asDouble));
    }

    /// Issues that were written.
    ///
    /// @throws IllegalArgumentException if a severity is none that this version knows
    public static List<Issue> issues(JsonNode list) {
        return list(
                list,
                of -> new Issue(
                        Issue.Severity.valueOf(text(of, "severity")),
                        text(of, "code"),
                        text(of, "message"),
                        text(of, "location")));
    }

    private static <T> List<T> list(JsonNode of, Function<JsonNode, T> read) {
        var list = new ArrayList<T>();
        of.forEach(one -> list.add(read.apply(one)));
        return list;
    }

    private static Optional<String> optional(JsonNode text) {
        return text.isTextual() ? Optional.of(text.asText()) : Optional.empty();
    }

    private static String text(JsonNode of, String key) {
        return of.path(key).asText();
    }
}
