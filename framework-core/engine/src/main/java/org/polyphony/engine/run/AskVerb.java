package org.polyphony.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.polyphony.engine.deploy.ControlSocket;
import org.polyphony.engine.deploy.HostVerbs;
import org.polyphony.engine.deploy.ReplyDocument;
import org.polyphony.engine.deploy.Request;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;

/// Asks a deployment what a JSON object says, from the viewpoint of whoever asks and of every seat.
/// `polyphony ask` asks so, whether the deployment is its own or that of a running host.
public final class AskVerb implements ControlSocket.Verbs {

    private static final Set<String> KEYS =
            Set.of("question", "candidates", "claims", "person", "values", "policy", "minSupport", "seed");

    private final LearnedDeployment deployment;

    /// Asks this deployment, which stays the caller's to close.
    public AskVerb(LearnedDeployment deployment) {
        this.deployment = deployment;
    }

    /// Asks.
    ///
    /// @param request may hold `question`, a text; `candidates`, a list of texts; `claims`, name → text; `person`,
    ///     an id; `values`, name → number; `policy`, a label; `minSupport`, a number; `seed`, an integer, the
    ///     file's unless given. All but the question may be left out.
    /// @return `study`, the name of its file; `learned`, what the user should know of what was learned; `reply`
    @Override
    public JsonNode answer(ObjectNode request, Consumer<String> told) {
        HostVerbs.requireKeys(request, KEYS);
        var reply = deployment.answer(request(request));
        var done = JsonNodeFactory.instance.objectNode();
        done.put("study", deployment.plan().identity().name());
        done.set("learned", ReplyDocument.write(deployment.issues()));
        done.set("reply", ReplyDocument.write(reply));
        return done;
    }

    private Request request(ObjectNode of) {
        var question = optional(of, "question", JsonNode::isTextual, "a text", JsonNode::asText)
                .orElseThrow(() -> invalid("'ask' needs 'question', a text"));
        var request = Request.of(question)
                .withCandidates(texts(of.path("candidates")))
                .withClaims(named(of, "claims", JsonNode::isTextual, "texts", JsonNode::asText))
                .withSeed(optional(of, "seed", AskVerb::isSeed, "an integer", JsonNode::asLong)
                        .orElse(deployment.plan().identity().seed()))
                .withMinSupport(optional(of, "minSupport", AskVerb::isSupport, "a number from 0", JsonNode::asDouble)
                        .orElse(0.0))
                .also(deployment.seats().stream()
                        .map(Blend::viewpoint)
                        .map(Viewpoint::ofSeat)
                        .toList());
        var policy = optional(of, "policy", JsonNode::isTextual, "a text", JsonNode::asText);
        if (policy.isPresent()) {
            request = request.withPolicy(policy.get());
        }
        var person = optional(of, "person", JsonNode::isTextual, "a text", JsonNode::asText);
        var values = named(of, "values", JsonNode::isNumber, "numbers", JsonNode::asDouble);
        if (person.isPresent() || !values.isEmpty()) {
            var whose = person.isPresent()
                    ? new Whose.Person(person.get(), Optional.empty())
                    : new Whose.Claiming(Map.of());
            request = request.as(new Viewpoint(Request.ASKER, whose, values));
        }
        return request;
    }

    private static boolean isSeed(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    private static boolean isSupport(JsonNode value) {
        return value.isNumber() && value.asDouble() >= 0 && Double.isFinite(value.asDouble());
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw invalid("'candidates' is a list of texts, got " + shown(list));
        }
        list.forEach(text -> {
            if (!text.isTextual()) {
                throw invalid("'candidates' is a list of texts, got " + shown(text) + " in it");
            }
            texts.add(text.asText());
        });
        return texts;
    }

    private static <T> Map<String, T> named(
            ObjectNode of, String key, Predicate<JsonNode> is, String what, Function<JsonNode, T> read) {
        var node = of.path(key);
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw invalid("'" + key + "' names " + what + ", as {\"name\": …}, got " + shown(node));
        }
        var named = new TreeMap<String, T>();
        node.properties().forEach(entry -> {
            if (!is.test(entry.getValue())) {
                throw invalid(
                        "'" + key + "' names " + what + "; '" + entry.getKey() + "' is " + shown(entry.getValue()));
            }
            named.put(entry.getKey(), read.apply(entry.getValue()));
        });
        return named;
    }

    private static <T> Optional<T> optional(
            ObjectNode of, String key, Predicate<JsonNode> is, String what, Function<JsonNode, T> read) {
        var value = of.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!is.test(value)) {
            throw invalid("'" + key + "' is " + what + ", got " + shown(value));
        }
        return Optional.of(read.apply(value));
    }

    private static String shown(JsonNode value) {
        var text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static AlignmentException invalid(String what) {
        return new AlignmentException(StandardErrorCode.VALUE_INVALID, what);
    }
}
