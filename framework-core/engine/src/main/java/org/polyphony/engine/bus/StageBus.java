package org.polyphony.engine.bus;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.file.FileSystemOptions;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorMemory;

/// The event bus of this process and the account of the messages on it. One per process; closed after every
/// endpoint.
public final class StageBus implements AutoCloseable {

    private final Vertx vertx;
    private final OwnerMemory messages;

    private StageBus(Vertx vertx, OwnerMemory messages) {
        this.vertx = vertx;
        this.messages = messages;
        vertx.eventBus()
                .registerDefaultCodec(StageMessage.class, new TensorBatchCodec<>(StageMessage.class))
                .registerDefaultCodec(StageReply.Result.class, new TensorBatchCodec<>(StageReply.Result.class))
                .registerDefaultCodec(StageReply.Failure.class, new TensorBatchCodec<>(StageReply.Failure.class))
                .registerDefaultCodec(TensorBatch.class, new TensorBatchCodec<>(TensorBatch.class));
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
        return new StageBus(Vertx.builder().with(options).build(), memory.owner("messages"));
    }

    /// Who is charged for tensors between sender and receiver.
    public OwnerMemory messages() {
        return messages;
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
}
