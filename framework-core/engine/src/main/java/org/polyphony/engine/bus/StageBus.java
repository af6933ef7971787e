package org.polyphony.engine.bus;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxBootstrap;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorMemory;

/// The event bus of this process and the account of the messages on it. One per process; closed after every
/// endpoint.
public final class StageBus implements AutoCloseable {

    private final Vertx vertx;
    private final OwnerMemory messages;
    private final ArtefactStore artefacts;

    private StageBus(Vertx vertx, OwnerMemory messages) {
        this.vertx = vertx;
        this.messages = messages;
        this.artefacts = new ArtefactStore(messages);
        vertx.eventBus().registerDefaultCodec(Request.class, new ByReference());
    }

    /// Starts a bus that stays within this process.
    public static StageBus start(TensorMemory memory) {
        StandardStreams.remember();
        // nothing blocks on the bus and no file is served by it: few threads, no cache folder, a quick start
        var options = new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        var vertx = VertxBootstrap.create()
                .options(options)
                .eventExecutorProvider(_ -> new OneByOne())
                .init()
                .vertx();
        return new StageBus(vertx, memory.owner("messages"));
    }

    /// Who is charged for tensors between sender and receiver, and for artefacts that messages name.
    public OwnerMemory messages() {
        return messages;
    }

    /// The artefacts that messages name.
    ArtefactStore artefacts() {
        return artefacts;
    }

    /// The event bus, for the engine's own messages.
    public EventBus events() {
        return vertx.eventBus();
    }

    /// Stops the bus and frees what is left on it.
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        messages.close();
    }

    /// A stage call on the bus.
    ///
    /// @param input the verb's input; the endpoint claims it
    /// @param call what is asked of whom
    /// @param run identity, seed and listener
    /// @param state gets the answer, a batch that the client claims, or a [PluginFailure]
    /// @param deadline after which nobody waits, of `System.nanoTime()`
    record Request(TensorBatch input, StageCall<?, ?> call, Run run, CallState state, long deadline) {}

    /// Delivers messages on the sender's thread, to each receiver one after the other: a thread of the bus between
    /// sender and receiver would cost two more changes of threads per call. Who delivers when another sender comes
    /// delivers for both, so nobody blocks.
    private static final class OneByOne implements Executor {

        private final Queue<Runnable> deliveries = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();

        @Override
        public void execute(Runnable delivery) {
            deliveries.add(delivery);
            if (waiting.getAndIncrement() > 0) {
                return;
            }
            do {
                deliver(Objects.requireNonNull(deliveries.poll()));
            } while (waiting.decrementAndGet() > 0);
        }

        // what a handler throws is reported by the bus; should anything else escape, later deliveries go on
        private static void deliver(Runnable delivery) {
            try {
                delivery.run();
            } catch (RuntimeException | Error e) {
                var thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /// Hands calls from sender to receiver by reference. The batch inside has one owner, so they are sent, never
    /// published: the second receiver could not claim it.
    private static final class ByReference implements MessageCodec<Request, Request> {

        @Override
        public Request transform(Request message) {
            return message;
        }

        @Override
        public void encodeToWire(Buffer buffer, Request message) {
            throw offMachine();
        }

        @Override
        public Request decodeFromWire(int position, Buffer buffer) {
            throw offMachine();
        }

        @Override
        public String name() {
            return "polyphony.Request";
        }

        @Override
        public byte systemCodecID() {
            return -1; // not one of Vert.x's own
        }

        private static UnsupportedOperationException offMachine() {
            return new UnsupportedOperationException("tensors do not cross machines on the event bus; send a ticket");
        }
    }
}
