package org.polyphony.engine.bus;

import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/// Where calls to one slot arrive. It outlives the generations of the slot: addresses belong to the engine,
/// not to plugins. Plugin code is entered on a virtual thread of its generation, never on the bus's threads.
public final class StageEndpoint implements AutoCloseable {

    private final StageBus bus;
    private final StageProvider provider;
    private final List<MessageConsumer<StageMessage>> consumers = new ArrayList<>();

    private StageEndpoint(StageBus bus, StageProvider provider) {
        this.bus = bus;
        this.provider = provider;
    }

    /// Opens every verb of a role for `slot`.
    ///
    /// @param role the role's interface
    /// @param provider finds the generation that a call's lease holds
    public static StageEndpoint open(StageBus bus, Class<?> role, String slot, StageProvider provider) {
        var verbs = Verbs.of(role);
        if (verbs.isEmpty()) {
            throw new IllegalArgumentException("no role is called " + role.getName());
        }
        var endpoint = new StageEndpoint(bus, provider);
        for (var verb : verbs) {
            endpoint.consumers.add(bus.events()
                    .<StageMessage>localConsumer(verb.address(slot), message -> endpoint.receive(verb, message)));
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
    private void receive(Verb<?, ?> verb, Message<StageMessage> message) {
        var body = message.body();
        if (body.state().isAbandoned() || System.nanoTime() - body.deadline() >= 0) {
            body.input().close();
            return;
        }
        StageTarget target;
        try {
            target = provider.target(body.call().slot(), body.call().lease());
        } catch (RuntimeException e) {
            body.input().close();
            reply(message, PluginFailure.reply(e, "slot " + body.call().slot(), verb.toString()));
            return;
        }
        body.state().found(target.owner());
        try {
            target.calls().execute(() -> enter(target, verb, message));
        } catch (RejectedExecutionException e) {
            target.close();
            body.input().close();
            reply(message, PluginFailure.reply(e, target.owner(), verb.toString()));
        }
    }

    // on a virtual thread of the generation
    private void enter(StageTarget target, Verb<?, ?> verb, Message<StageMessage> message) {
        StageReply reply;
        try (target) {
            reply = PluginCall.run(target, verb, message.body(), bus.messages());
        } finally {
            message.body().input().close();
        }
        reply(message, reply);
    }

    private static void reply(Message<StageMessage> message, StageReply reply) {
        if (message.body().state().isAbandoned() && reply instanceof StageReply.Result(var output)) {
            output.close(); // nobody listens; a reply now would wait for the garbage collector
            return;
        }
        message.reply(reply);
    }
}
