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
/// not to plugins. Plugin code is entered on a virtual thread of its generation, never on the caller's.
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

    // on the caller's thread, or on that of another caller at the same moment
    private void receive(Message<StageBus.Request> message) {
        var request = message.body();
        var call = request.call();
        StageTarget target;
        try {
            target = provider.target(call.slot(), call.lease());
        } catch (RuntimeException e) {
            refuse(request, e, "slot " + call.slot());
            return;
        }
        request.state().found(target.owner());
        try {
            target.calls().execute(() -> enter(target, request));
        } catch (RejectedExecutionException e) {
            target.close();
            refuse(request, e, target.owner());
        }
    }

    private static void refuse(StageBus.Request request, RuntimeException why, String who) {
        request.input().close();
        request.state().fail(PluginFailure.of(why, who, request.call().verb().toString()));
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
    private void enter(StageTarget target, StageBus.Request request) {
        TensorBatch output;
        try (target) {
            output = run(target, request);
        } catch (PluginFailure failure) {
            request.state().fail(failure);
            return;
        } finally {
            request.input().close();
        }
        request.state().answer(output);
    }
}
