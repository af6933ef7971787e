package org.polyphony.engine.bus;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.polyphony.engine.codec.RecordCodec;
import org.polyphony.engine.plugin.Opened;
import org.polyphony.engine.plugin.PluginFailure;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.plugin.Verb;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.SelfTesting;

/// One entry into a plugin's code: builds the context, keeps the inputs until the plugin returns, checks what
/// it answers, and turns whatever it throws into a reply. Nothing that a plugin throws escapes.
public final class PluginCall {

    private static final long SEED = 1; // of self-tests

    private PluginCall() {}

    /// Asks a generation for what it must answer before it is used: its own self-test, on default settings, and the
    /// golden call of its role, on those it will be used with. On the calling thread, which must be one of the
    /// generation's own ([StageTarget#calls]). Does not close the target.
    ///
    /// @param slot that it fills, or is to fill
    /// @param settings the key of the settings it will be used with
    /// @param formulations those an algorithm will be asked for
    /// @param limit after which nobody waits
    /// @return how many calls there were
    /// @throws AlignmentException if an answer is wrong, or an algorithm says that its caller is
    public static int golden(
            StageTarget target, Role role, String slot, String settings, List<String> formulations, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        var stage = new Stage(role, slot, "self-test");
        var calls = new AtomicInteger();
        if (target.plugin() instanceof SelfTesting plugin) {
            selfTest(target, plugin, stage, StageCall.DEFAULT_SETTINGS, deadline);
            calls.incrementAndGet();
        }
        selfTest(
                target,
                context -> calls.addAndGet(role.goldenCall(target.plugin(), formulations, context)),
                stage,
                settings,
                deadline);
        long left = target.memory().allocated();
        if (left != 0) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED, "it left " + left + " bytes of tensor memory behind");
        }
        return calls.get();
    }

    /// @throws AlignmentException if the plugin fails its own test
    static void selfTest(StageTarget target, SelfTesting plugin, Stage stage, String settings, long deadline) {
        var run = Run.silent("self-test", SEED);
        try (var scope = target.memory().openScope("self-test")) {
            plugin.selfTest(new CallContext(target, scope, run, new CallState(), settings, stage, deadline));
        } catch (Throwable e) {
            var failure = PluginFailure.of(e);
            throw new AlignmentException(
                    failure.code(),
                    target.owner() + " failed its self-test: "
                            + (e instanceof AlignmentException ? e.getMessage() : failure.getMessage()),
                    failure);
        }
    }

    /// Calls the plugin, on the calling thread.
    ///
    /// @return the verb's output, of which the caller is charged
    /// @throws PluginFailure for whatever went wrong
    static <I extends Record, O extends Record> TensorBatch run(
            StageTarget target, StageCall<I, O> call, StageBus.Request request, StageBus bus) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        TensorBatch output = null;
        try (var scope = target.memory()
                .openScope(call.verb() + " of run " + request.run().id())) {
            thread.setContextClassLoader(target.plugin().getClass().getClassLoader());
            output = answer(target, call, request, scope, bus);
        } catch (Throwable e) {
            if (output != null) {
                output.close(); // the scope could not be closed: a thread of the plugin still reads from it
            }
            throw failed(e, target, call);
        } finally {
            thread.setContextClassLoader(loader);
            StandardStreams.restore();
        }
        return output;
    }

    // what it says is in its message; where it broke is for its author, in the log
    private static PluginFailure failed(Throwable thrown, StageTarget target, StageCall<?, ?> call) {
        var failure = PluginFailure.of(thrown, target.owner(), call.verb().toString());
        if (!(thrown instanceof AlignmentException)) {
            System.getLogger(PluginCall.class.getName()).log(Level.WARNING, failure.told(), failure);
        }
        return failure;
    }

    private static <I extends Record, O extends Record> TensorBatch answer(
            StageTarget target, StageCall<I, O> call, StageBus.Request request, TensorScope scope, StageBus bus) {
        var verb = call.verb();
        var input = RecordCodec.decode(verb.input(), request.input(), scope);
        var context = new CallContext(
                target, scope, request.run(), request.state(), call.settings(), call.stage(), request.deadline());
        context.checkCancelled();
        try {
            var lender = new Lending(target, call.settings(), context, bus.artefacts());
            return encode(verb, invoke(target, verb, request.state(), input, context, lender), scope, bus.messages());
        } finally {
            context.end();
        }
    }

    private static <I extends Record, O extends Record> O invoke(
            StageTarget target, Verb<I, O> verb, CallState state, I input, CallContext context, Lending lender) {
        if (!state.enter()) {
            throw new AlignmentException(StandardErrorCode.CANCELLED, verb + " was cancelled before it began");
        }
        try {
            return verb.invocation().invoke(target.plugin(), input, context, lender);
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

    /// Lends one call what its plugin has opened.
    ///
    /// @param settings key of those in effect
    private record Lending(StageTarget target, String settings, CallContext call, ArtefactStore artefacts)
            implements Verb.Lender {

        @Override
        public <T extends AutoCloseable> Opened.Loan<T> lend(
                String artefact, BiFunction<Artefact, PluginContext, T> open) {
            var key = new Opened.Key(artefact, target.settings(settings));
            return target.opened().lend(key, () -> open(artefact, open), call::report);
        }

        @SuppressWarnings("ConstantValue") // a plugin may break the contract
        private Opened.Thing open(String digest, BiFunction<Artefact, PluginContext, ? extends AutoCloseable> open) {
            var kept = target.memory().openScope("opened " + digest);
            var issues = Collections.synchronizedList(new ArrayList<Issue>());
            // the same for every run, whoever is the first to ask
            long seed = Long.parseUnsignedLong(digest, 0, 16, 16);
            try (var scope = target.memory().openScope("opening " + digest)) {
                var context = call.opening(scope, seed, issues::add);
                try {
                    var value = open.apply(artefacts.share(digest, kept), context);
                    if (value == null) {
                        throw new IllegalArgumentException("it opened nothing, but null");
                    }
                    return new Opened.Thing(value, issues, kept);
                } finally {
                    context.end();
                }
            } catch (Throwable e) {
                kept.close();
                throw e;
            }
        }
    }
}
