package org.polyphony.engine.bus;

import java.lang.System.Logger.Level;
import org.polyphony.engine.codec.RecordCodec;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.SelfTesting;

/// One entry into a plugin's code: builds the context, keeps the inputs until the plugin returns, checks what
/// it answers, and turns whatever it throws into a reply. Nothing that a plugin throws escapes.
public final class PluginCall {

    private PluginCall() {}

    /// Runs a generation's golden call with default settings.
    public static void selfTest(StageTarget target, SelfTesting plugin, long seed) {
        selfTest(target, plugin, seed, StageCall.DEFAULT_SETTINGS);
    }

    /// Runs a generation's golden call, on the calling thread, which must be one of the generation's own
    /// ([StageTarget#calls]). Does not close the target.
    ///
    /// @param settings the key of the settings it runs on
    /// @throws AlignmentException if the plugin fails its own test
    public static void selfTest(StageTarget target, SelfTesting plugin, long seed, String settings) {
        var run = StageRun.of("self-test", seed, StageListener.none());
        try (var scope = target.memory().openScope("self-test")) {
            plugin.selfTest(new CallContext(target, scope, run, new CallState(), settings, "self-test"));
        } catch (AlignmentException e) {
            throw new AlignmentException(
                    PluginFailure.carried(e),
                    target.owner() + " failed its self-test: " + e.getMessage(),
                    PluginFailure.of(e));
        } catch (Throwable e) {
            var failure = PluginFailure.of(e);
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    target.owner() + " failed its self-test: " + failure.getMessage(),
                    failure);
        }
    }

    /// Calls the plugin, on the calling thread.
    static <I extends Record, O extends Record> StageReply run(
            StageTarget target, Verb<I, O> verb, StageMessage message, OwnerMemory messages) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        TensorBatch output = null;
        try (var scope =
                target.memory().openScope(verb + " of run " + message.run().id())) {
            thread.setContextClassLoader(target.plugin().getClass().getClassLoader());
            output = call(target, verb, message, messages, scope);
        } catch (Throwable e) {
            if (output != null) {
                output.close(); // the scope could not be closed: a thread of the plugin still reads from it
            }
            return failed(e, target, verb);
        } finally {
            thread.setContextClassLoader(loader);
            StandardStreams.restore();
        }
        return new StageReply.Result(output);
    }

    // what it says is in its message; where it broke is for its author, in the log
    private static StageReply failed(Throwable thrown, StageTarget target, Verb<?, ?> verb) {
        var failure = PluginFailure.reply(thrown, target.owner(), verb.toString());
        if (!(thrown instanceof AlignmentException)) {
            System.getLogger(PluginCall.class.getName()).log(Level.WARNING, failure.message(), failure.cause());
        }
        return failure;
    }

    private static <I extends Record, O extends Record> TensorBatch call(
            StageTarget target, Verb<I, O> verb, StageMessage message, OwnerMemory messages, TensorScope scope) {
        var run = message.run();
        var stage = verb.roleName() + "." + message.call().slot() + "." + verb.name();
        var input = RecordCodec.decode(verb.input(), message.input(), scope);
        var context = new CallContext(
                target, scope, run, message.state(), message.call().settings(), stage);
        context.checkCancelled();
        context.started();
        boolean finished = false;
        try {
            var answer = invoke(target, verb, message.state(), input, context);
            var output = encode(verb, answer, scope, messages);
            finished = true;
            return output;
        } finally {
            context.ended(finished);
        }
    }

    private static <I extends Record, O extends Record> O invoke(
            StageTarget target, Verb<I, O> verb, CallState state, I input, CallContext context) {
        if (!state.enter()) {
            throw new AlignmentException(StandardErrorCode.CANCELLED, verb + " was cancelled before it began");
        }
        try {
            return verb.invocation().invoke(target.plugin(), input, context);
        } finally {
            state.leave();
        }
    }

    @SuppressWarnings("ConstantValue") // a plugin may break the contract
    private static <O extends Record> TensorBatch encode(
            Verb<?, O> verb, O answer, TensorScope scope, OwnerMemory messages) {
        if (answer == null) {
            throw new IllegalArgumentException(
                    "it answered null instead of a " + verb.output().getSimpleName());
        }
        return RecordCodec.encode(answer, scope, messages.allocator());
    }
}
