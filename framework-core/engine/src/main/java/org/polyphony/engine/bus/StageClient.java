package org.polyphony.engine.bus;

import io.vertx.core.eventbus.DeliveryOptions;
import java.util.IdentityHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.polyphony.engine.codec.RecordCodec;
import org.polyphony.engine.plugin.BoundedCall;
import org.polyphony.engine.plugin.PluginFailure;
import org.polyphony.engine.plugin.Verb;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Calls stages, for one run. Plain and blocking; safe for use by many threads.
///
/// Inputs are shared with the plugin, read-only. Results belong to the run's scope and live until the caller
/// closes it. Artefacts are kept by the bus and named by their digest; closing the client gives them up.
public final class StageClient implements AutoCloseable {

    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final StageBus bus;
    private final Run run;
    private final TensorScope scope;
    // by identity: a digest reads every byte
    private final IdentityHashMap<Artefact, String> kept = new IdentityHashMap<>();

    private StageClient(StageBus bus, Run run, TensorScope scope) {
        this.bus = bus;
        this.run = run;
        this.scope = scope;
    }

    /// A client of one run.
    ///
    /// @param scope holds the inputs' tensors, unless they are on the heap, and all results; the caller closes it
    public static StageClient of(StageBus bus, Run run, TensorScope scope) {
        return new StageClient(bus, run, scope);
    }

    /// Another client of the same run, with a scope of its own, which the caller closes.
    public StageClient within(TensorScope other) {
        return of(bus, run, other);
    }

    /// The run's memory.
    public TensorScope scope() {
        return scope;
    }

    /// The run.
    public Run run() {
        return run;
    }

    /// Keeps an artefact, so that calls can name it. Of the same object the digest is taken once.
    ///
    /// @return its digest
    public synchronized String keep(Artefact artefact) {
        return kept.computeIfAbsent(artefact, _ -> bus.artefacts().keep(artefact, scope));
    }

    /// Gives up the artefacts that were kept. The client may go on.
    @Override
    public synchronized void close() {
        kept.values().forEach(bus.artefacts()::release);
        kept.clear();
    }

    /// Calls a plugin and waits for its answer.
    ///
    /// @throws AlignmentException with the plugin's own code; with `PLUGIN_FAILED` if it threw anything else or
    ///     answered nonsense, `PLUGIN_TIMEOUT` if it did not answer in time, `CANCELLED` if the run was cancelled
    ///     or the calling thread interrupted
    public <I extends Record, O extends Record> O call(StageCall<I, O> call, I input) {
        var verb = call.verb();
        if (run.isCancelled()) {
            throw cancelled(verb);
        }
        var state = new CallState();
        Runnable onCancel = () -> state.cancel(cancelled(verb));
        try (var batch = encode(verb, input)) {
            send(call, batch, state);
            run.onCancel(onCancel);
            return RecordCodec.decode(verb.output(), await(call, state), scope);
        } finally {
            run.forget(onCancel);
        }
    }

    private TensorBatch encode(Verb<?, ?> verb, Record input) {
        try {
            return RecordCodec.encode(input, scope, bus.messages().allocator());
        } catch (IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.INTERNAL, "the input of " + verb + " cannot be sent: " + e.getMessage(), e);
        }
    }

    private void send(StageCall<?, ?> call, TensorBatch batch, CallState state) {
        long deadline = System.nanoTime() + call.timeout().toNanos();
        bus.events()
                .sender(call.stage().address(), LOCAL)
                .write(new StageBus.Request(batch, call, run, state, deadline))
                .onFailure(state::fail);
    }

    private TensorBatch await(StageCall<?, ?> call, CallState state) {
        try {
            return state.await(call.timeout().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp(state, cancelled(call.verb()));
        } catch (TimeoutException e) {
            throw givenUp(state, timedOut(call, state, e));
        } catch (ExecutionException e) {
            throw givenUp(state, failure(call, e.getCause() == null ? e : e.getCause()));
        }
    }

    private static AlignmentException givenUp(CallState state, AlignmentException why) {
        state.abandon(why);
        return why;
    }

    private static AlignmentException timedOut(StageCall<?, ?> call, CallState state, Throwable cause) {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_TIMEOUT,
                (state.owner() == null ? "slot " + call.slot() : state.owner()) + " ran for "
                        + BoundedCall.text(call.timeout()) + " in " + call.verb()
                        + " without an answer and was given up; if it needs that long, raise --plugin-timeout"
                        + " or give it fewer items",
                cause);
    }

    private static AlignmentException failure(StageCall<?, ?> call, Throwable cause) {
        return switch (cause) {
            case AlignmentException known -> known;
            case PluginFailure failure -> failure.exception();
            default ->
                new AlignmentException(
                        StandardErrorCode.INTERNAL,
                        "slot " + call.slot() + " cannot be asked to " + call.verb() + ": " + cause,
                        cause);
        };
    }

    private AlignmentException cancelled(Verb<?, ?> verb) {
        return new AlignmentException(
                StandardErrorCode.CANCELLED, "run " + run.id() + " was cancelled in " + verb + "; start it again");
    }
}
