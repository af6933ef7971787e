package org.polyphony.engine.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.polyphony.engine.slot.CallMeter;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// What a host can be asked to do over its socket: `ask`, `list`, `install`, `update`, `undo`, `remove`. A request
/// names its verb and what that takes, and nothing else.
public final class HostVerbs implements ControlSocket.Verbs {

    private static final Map<String, Set<String>> KEYS = Map.of(
            "list", Set.of("collect"),
            "install", Set.of("slot", "jar", "digest", "plugin"),
            "update", Set.of("slot", "jar", "digest", "watch"),
            "undo", Set.of("slot"),
            "remove", Set.of("slot"));

    private final PluginUpdates updates;
    private final ControlSocket.Verbs ask;

    /// Verbs that do this.
    ///
    /// @param ask does `ask`
    public HostVerbs(PluginUpdates updates, ControlSocket.Verbs ask) {
        this.updates = updates;
        this.ask = ask;
    }

    /// Makes sure that a request holds nothing but its verb and these.
    ///
    /// @throws AlignmentException with code `SETTING_INVALID`
    public static void requireKeys(ObjectNode request, Set<String> keys) {
        request.fieldNames().forEachRemaining(key -> {
            if (!key.equals("verb") && !keys.contains(key)) {
                throw invalid(
                        "'" + request.path("verb").asText() + "' takes " + new TreeSet<>(keys) + ", not '" + key + "'");
            }
        });
    }

    @Override
    public JsonNode answer(ObjectNode request, Consumer<String> told) {
        var verb = request.path("verb").asText("");
        if (verb.equals("ask")) {
            return ask.answer(request, told);
        }
        var keys = KEYS.get(verb);
        if (keys == null) {
            throw invalid("a host knows the verbs 'ask' and " + new TreeSet<>(KEYS.keySet()) + ", not '" + verb + "'");
        }
        requireKeys(request, keys);
        return switch (verb) {
            case "list" ->
                list(updates.list())
                        .set("formerInMemory", former(request.path("collect").asBoolean()));
            case "install" ->
                list(List.of(updates.install(
                        text(request, "slot"),
                        jar(request),
                        optional(request, "digest"),
                        optional(request, "plugin"))));
            case "update" -> update(request, told);
            case "undo" -> {
                var slot = text(request, "slot");
                var stands = updates.undo(slot, told);
                yield JsonNodeFactory.instance
                        .objectNode()
                        .put("slot", slot)
                        .put("plugin", stands.plugin())
                        .put("version", stands.version())
                        .put("sha256", stands.sha256());
            }
            default -> {
                updates.remove(text(request, "slot"));
                yield JsonNodeFactory.instance.objectNode().put("slot", text(request, "slot"));
            }
        };
    }

    private ObjectNode update(ObjectNode request, Consumer<String> told) {
        var updated = updates.update(
                text(request, "slot"), jar(request), optional(request, "digest"), limits(request.path("watch")), told);
        var report = updated.report();
        var done = JsonNodeFactory.instance.objectNode();
        done.put("slot", text(request, "slot"));
        done.put("stays", updated.stays());
        done.put("plugin", report.to().plugin());
        done.put("version", report.to().version());
        done.put("sha256", report.to().sha256());
        done.put("generation", report.to().number());
        done.put("goldenCalls", report.trial().goldenCalls());
        done.put("drainMillis", report.drain().toNanos() / 1e6);
        done.put("drained", report.drained());
        done.put("leakedBytes", report.leakedBytes());
        updated.verdict().ifPresent(verdict -> {
            var watch = done.putObject("watch");
            watch.put("passed", verdict.passed()).put("why", verdict.why());
            var figures = watch.putArray("figures");
            verdict.figures().forEach(figure -> {
                var one = figures.addObject().put("what", figure.what());
                if (Double.isNaN(figure.value())) {
                    one.putNull("value");
                } else {
                    one.put("value", figure.value());
                }
                one.put(figure.most() ? "atMost" : "atLeast", figure.limit()).put("kept", figure.kept());
            });
        });
        return done;
    }

    private static ObjectNode list(List<PluginUpdates.Filled> filled) {
        var root = JsonNodeFactory.instance.objectNode();
        var slots = root.putArray("slots");
        for (var slot : filled) {
            var one = slots.addObject();
            one.put("slot", slot.slot());
            one.put("role", slot.plugin().role().label());
            one.put(
                    "plugin",
                    slot.plugin().plugin().vendor() + "/" + slot.plugin().id());
            one.put("version", slot.generation().version());
            one.put("sha256", slot.generation().sha256());
            one.put("generation", slot.generation().number());
            one.put("used", slot.ofFile());
            one.put("calls", slot.meter().calls());
            one.put("failures", slot.meter().failures());
            measured(slot.meter(), one.putObject("measured"));
            slot.former().ifPresent(former -> one.put("former", former));
        }
        return root;
    }

    private static void measured(CallMeter meter, ObjectNode to) {
        for (var metric : meter.metrics()) {
            double mean = meter.mean(metric);
            if (!Double.isNaN(mean)) {
                to.put(metric, mean);
            }
        }
    }

    private ArrayNode former(boolean collect) {
        var former = JsonNodeFactory.instance.arrayNode();
        updates.former(collect).forEach(generation -> former.add(generation.toString()));
        return former;
    }

    private static Optional<Watch.Limits> limits(JsonNode watch) {
        if (watch.isMissingNode() || watch.isNull()) {
            return Optional.empty();
        }
        if (!watch.path("millis").canConvertToLong()) {
            throw invalid("a watch says in 'millis' how long it takes");
        }
        var limits = Watch.Limits.of(Duration.ofMillis(watch.path("millis").asLong()));
        var guardrails = new ArrayList<Watch.Guardrail>();
        watch.path("guardrails").forEach(text -> guardrails.add(Watch.Guardrail.parse(text.asText())));
        return Optional.of(new Watch.Limits(
                limits.window(),
                watch.path("calls").asLong(limits.calls()),
                watch.path("enough").asBoolean(limits.enough()),
                watch.path("errors").asDouble(limits.errors()),
                watch.path("latency").asDouble(limits.latency()),
                guardrails));
    }

    private static Path jar(ObjectNode request) {
        var text = text(request, "jar");
        try {
            var jar = Path.of(text);
            if (jar.isAbsolute()) {
                return jar;
            }
        } catch (InvalidPathException _) {
            // told below
        }
        throw invalid("'jar' is the path of a file from the root on, got '" + text + "'");
    }

    private static String text(ObjectNode request, String key) {
        return optional(request, key)
                .orElseThrow(() -> invalid("'" + request.path("verb").asText() + "' needs '" + key + "'"));
    }

    private static Optional<String> optional(ObjectNode request, String key) {
        var value = request.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("'" + key + "' is a text, got " + value);
        }
        return Optional.of(value.asText());
    }

    private static AlignmentException invalid(String what) {
        return new AlignmentException(StandardErrorCode.SETTING_INVALID, what);
    }
}
