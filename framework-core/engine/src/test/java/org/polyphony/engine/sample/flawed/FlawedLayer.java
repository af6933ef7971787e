package org.polyphony.engine.sample.flawed;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.testkit.fake.AllowAllLayer;
import org.polyphony.spi.testkit.fake.WordLayer;

/// A sound layer with one flaw.
@Plugin(
        role = SafetyLayer.class,
        id = "flawed",
        settings = FlawSettings.class,
        claims = "role",
        summary = "Breaks one rule.")
public final class FlawedLayer implements SafetyLayer {

    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        var flaw = FlawSettings.of(context);
        var candidates = request.candidates();
        var sound = new WordLayer("answer 1").review(request, context);
        int last = candidates.ids().size() - 1;
        switch (flaw) {
            case LAYER_RULE_OUT_OF_RANGE -> {
                if (last > 1) {
                    sound.rule().setInt(1, 1);
                }
            }
            case LAYER_FLAGS_OF_2 -> {
                if (last > 1) {
                    sound.allowed().setByte(1, (byte) 2);
                }
            }
            case LAYER_ALLOWS -> {
                return new AllowAllLayer().review(request, context);
            }
            case LAYER_BELIEVES_THE_TEXT -> {
                if (candidates.prompts().toString().contains("administrator")) {
                    return new AllowAllLayer().review(request, context);
                }
            }
            case LAYER_READS_UNDECLARED_CLAIMS -> {
                if (request.situation().claims().containsKey("culture")) {
                    return new AllowAllLayer().review(request, context);
                }
            }
            case LAYER_LOOKS_AT_OTHERS -> {
                if (candidates.items().size() == 1) {
                    return new AllowAllLayer().review(request, context);
                }
            }
            case LAYER_COUNTS_ITS_CALLS -> {
                if (CALLS.incrementAndGet() % 2 == 0) {
                    return new AllowAllLayer().review(request, context);
                }
            }
            case LAYER_WRITES_INPUTS -> candidates.declaredUnsafe().setByte(0, (byte) 0);
            case LAYER_NEEDS_A_CANDIDATE -> candidates.ids().getFirst();
            case LAYER_DISLIKES_LONG_TEXTS -> {
                if (candidates.texts().stream().anyMatch(text -> text.length() > 10_000)) {
                    throw new IllegalStateException("too long");
                }
            }
            default -> {}
        }
        return switch (flaw) {
            // enough for the golden call, of two
            case LAYER_DECIDES_FOR_SOME ->
                ReviewResult.of(
                        context.allocator().bytes(2),
                        context.allocator().ints(2),
                        List.of(NormRule.of("a", "some", "a test")));
            case LAYER_NO_RULE -> ReviewResult.of(sound.allowed(), sound.rule(), List.of());
            case LAYER_NOBODYS_NORM ->
                ReviewResult.of(
                        sound.allowed(),
                        sound.rule(),
                        sound.rules().stream()
                                .map(rule -> NormRule.of(rule.id(), rule.reason(), " "))
                                .toList());
            default -> sound;
        };
    }
}
