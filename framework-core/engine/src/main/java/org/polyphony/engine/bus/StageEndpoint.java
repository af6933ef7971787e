package org.polyphony.engine.bus;

import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.polyphony.engine.plugin.PluginFailure;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.spi.error.StandardErrorCode;

/// Where calls to one slot arrive. It outlives the generations of the slot: addresses belong to the engine,
/// not to plugins. Plugin code is entered on a virtual thread of its generation, never on the bus's threads.
public final class StageEndpoint implements AutoCloseable {

    private final StageBus bus;
    private final StageTarget.Provider provider;
    private final List<MessageConsumer<StageBus.Request>> consumers = new ArrayList<>();

    private StageEndpoint(StageBus bus, StageTarget.Provider provider) {
        this.bus = bus;
        this.provider = provider;
    }

    /// Opens every verb of a role for `slot`.
    ///
    /// @param provider finds the generation that a call's lease holds
    public static StageEndpoint open(StageBus bus, Role role, String slot, StageTarget.Provider provider) {
        var endpoint = new StageEndpoint(bus, provider);
        for (var verb : role.verbs()) {
            var address = new Stage(role, slot, verb.name()).address();
            endpoint.consumers.add(bus.events().<StageBus.Request>localConsumer(address, endpoint::receive));
        }
        return endpoint;
    }

    /// Stops receiving. Calls inside plugins go on; calls that have not been received fail at the caller.
    @Override
    public void close() {
        consumers.forEach(consumer ->
                consumer.unregister().toCompletionStage().toCompletableFuture().join());
    }

    // on an event-loop thread
    private void receive(Message<StageBus.Request> message) {
        var request = message.body();
        var call = request.call();
        if (request.state().isAbandoned() || System.nanoTime() - request.deadline() >= 0) {
            request.input().close();
            return;
        }
        StageTarget target;
        try {
            target = provider.target(call.slot(), call.lease());
        } catch (RuntimeException e) {
            refuse(message, e, "slot " + call.slot());
            return;
        }
        request.state().found(target.owner());
        try {
            target.calls().execute(() -> enter(target, message));
        } catch (RejectedExecutionException e) {
            target.close();
            refuse(message, e, target.owner());
        }
    }

    private static void refuse(Message<StageBus.Request> message, RuntimeException why, String who) {
        message.body().input().close();
        message.reply(PluginFailure.of(why, who, message.body().call().verb().toString()));
    }

    private TensorBatch run(StageTarget target, StageBus.Request request) {
        try {
            return PluginCall.run(target, request.call(), request, bus);
        } catch (PluginFailure failure) {
            boolean late = System.nanoTime() - request.deadline() >= 0;
            if (late || failure.code() != StandardErrorCode.CANCELLED) {
                target.failed();
            }
            throw failure;
        }
    }

    // on a virtual thread of the generation
    private void enter(StageTarget target, Message<StageBus.Request> message) {
        var request = message.body();
        TensorBatch output;
        try (target) {
            output = run(target, request);
        } catch (PluginFailure failure) {
            message.reply(failure);
            return;
        } finally {
            request.input().close();
        }
        if (request.state().isAbandoned()) {
            output.close(); // nobody listens; a reply now would wait for the garbage collector
        } else {
            message.reply(output);
        }
    }
}
