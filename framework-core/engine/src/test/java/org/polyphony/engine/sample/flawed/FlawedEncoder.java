package org.polyphony.engine.sample.flawed;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.encoding.EncodeRequest;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.encoding.TextEncoder;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.testkit.fake.HashEncoder;

/// A sound encoder with one flaw.
@Plugin(role = TextEncoder.class, id = "flawed", settings = FlawSettings.class, summary = "Breaks one rule.")
public final class FlawedEncoder implements TextEncoder {

    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public Encodings encode(EncodeRequest request, PluginContext context) {
        var flaw = FlawSettings.of(context);
        var texts = request.texts();
        var read = switch (flaw) {
            case ENCODER_DROPS_BLANK_TEXTS ->
                texts.stream().filter(text -> !text.isBlank()).toList();
            case ENCODER_FORGETS_THE_LAST -> texts.subList(0, Math.max(0, texts.size() - 1));
            case ENCODER_ONE_VECTOR_FOR_ALL -> texts.stream().map(_ -> "").toList();
            case ENCODER_LOOKS_AT_OTHERS ->
                texts.stream().map(text -> text + texts.size()).toList();
            case ENCODER_SEES_ITS_THREADS -> {
                // slow chunks, so that they spread over the workers there are
                long workers = context
                        .parallel(5, _ -> {
                            LockSupport.parkNanos(5_000_000);
                            return Thread.currentThread().threadId();
                        })
                        .stream()
                        .distinct()
                        .count();
                yield texts.stream().map(text -> text + workers).toList();
            }
            case ENCODER_COUNTS_ITS_CALLS ->
                texts.stream().map(text -> text + CALLS.incrementAndGet()).toList();
            default -> texts;
        };
        var encodings = new HashEncoder().encode(new EncodeRequest(read), context);
        if (flaw == Flaw.ENCODER_NOT_A_NUMBER && encodings.features().size() > 0) {
            encodings.features().setDouble(0, Double.NaN);
        }
        return encodings;
    }
}
