package org.polyphony.engine.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.polyphony.engine.codec.RecordCodec;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// Calls stages, for one run. Plain and blocking; safe for use by many threads, but not by the bus's own.
///
/// Inputs are shared with the plugin, read-only. Results belong to the run's scope and live until the caller
/// closes it.
public final class StageClient {

    private final StageBus bus;
    private final StageRun run;
    private final TensorScope scope;

    private StageClient(StageBus bus, StageRun run, TensorScope scope) {
        this.bus = bus;
        this.run = run;
        this.scope = scope;
    }

    /// A client of one run.
    ///
    /// @param scope holds the inputs' tensors, unless they are on the heap, and all results; the caller closes it
    public static StageClient of(StageBus bus, StageRun run, TensorScope scope) {
        return new StageClient(bus, run, scope);
    }

    /// The run's memory.
    public TensorScope scope() {
        return scope;
    }

    /// The run.
    public StageRun run() {
        return run;
    }

    /// Calls a plugin and waits for its answer.
    ///
    /// @throws AlignmentException with the plugin's own code; with `PLUGIN_FAILED` if it threw anything else or
    ///     answered nonsense, `PLUGIN_TIMEOUT` if it did not answer in time, `CANCELLED` if the run was cancelled
    ///     or the calling thread interrupted
    public <I extends Record, O extends Record> O call(StageCall call, Verb<I, O> verb, I input) {
        if (run.isCancelled()) {
            throw cancelled(verb);
        }
        var state = new CallState();
        var answer = new CompletableFuture<StageReply>();
        Runnable onCancel = () -> {
            state.abandon();
            answer.completeExceptionally(cancelled(verb));
        };
        try (var batch = encode(verb, input)) {
            send(call, verb, batch, state, answer);
            run.onCancel(onCancel);
            return switch (await(call, verb, state, answer)) {
                case StageReply.Result(var output) -> RecordCodec.decode(verb.output(), output, scope);
                case StageReply.Failure failure -> throw failure.exception();
            };
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

    private void send(
            StageCall call, Verb<?, ?> verb, TensorBatch batch, CallState state, CompletableFuture<StageReply> answer) {
        var options = new DeliveryOptions()
                .setLocalOnly(true)
                .setSendTimeout(Math.max(1, call.timeout().toMillis()));
        long deadline = System.nanoTime() + call.timeout().toNanos();
        bus.events()
                .<StageReply>request(
                        verb.address(call.slot()), new StageMessage(batch, call, run, state, deadline), options)
                .onComplete(reply -> complete(answer, reply));
    }

    // on an event-loop thread
    private static void complete(CompletableFuture<StageReply> answer, AsyncResult<Message<StageReply>> reply) {
        if (reply.failed()) {
            answer.completeExceptionally(reply.cause());
        } else if (!answer.complete(reply.result().body())
                && reply.result().body() instanceof StageReply.Result(var output)) {
            output.close(); // the run was cancelled meanwhile
        }
    }

    private StageReply await(StageCall call, Verb<?, ?> verb, CallState state, CompletableFuture<StageReply> answer) {
        try {
            return answer.get();
        } catch (InterruptedException _) {
            state.abandon();
            answer.completeExceptionally(cancelled(verb));
            Thread.currentThread().interrupt();
            throw cancelled(verb);
        } catch (ExecutionException e) {
            var failure = failure(call, verb, state, e.getCause() == null ? e : e.getCause());
            state.abandon();
            throw failure;
        }
    }

    private AlignmentException failure(StageCall call, Verb<?, ?> verb, CallState state, Throwable cause) {
        if (cause instanceof AlignmentException known) {
            return known;
        }
        if (cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT) {
            return new AlignmentException(
                    StandardErrorCode.PLUGIN_TIMEOUT,
                    (state.owner() == null ? "slot " + call.slot() : state.owner()) + " ran for "
                            + BoundedCall.text(call.timeout()) + " in " + verb
                            + " without an answer and was given up; if it needs that long, raise --plugin-timeout"
                            + " or give it fewer items",
                    cause);
        }
        return new AlignmentException(
                StandardErrorCode.INTERNAL,
                "slot " + call.slot() + " cannot be asked to " + verb + ": " + cause,
                cause);
    }

    private AlignmentException cancelled(Verb<?, ?> verb) {
        return new AlignmentException(
                StandardErrorCode.CANCELLED, "run " + run.id() + " was cancelled in " + verb + "; start it again");
    }
}
