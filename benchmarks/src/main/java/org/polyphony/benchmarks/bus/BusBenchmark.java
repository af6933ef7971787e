package org.polyphony.benchmarks.bus;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.polyphony.engine.bus.StageBus;
import org.polyphony.engine.codec.RecordCodec;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.tensor.Tensor;

/// Pooled tensors of 1 kB, one way over the bus, each in a new single-owner batch with the leak net on. The
/// receiver claims the batch, checks that the buffer is at the sender's address and holds the sender's number,
/// and gives it back to the pool. Fails if a byte is left allocated at the end.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
public class BusBenchmark {

    private static final int MESSAGES = 100_000;
    private static final int WINDOW = 256;
    private static final int DOUBLES = 128;
    private static final String ADDRESS = "polyphony.benchmark.one-way";
    private static final int DATA_BUFFER = 2;

    private final ArrayBlockingQueue<Pooled> free = new ArrayBlockingQueue<>(WINDOW);
    private final List<Pooled> pool = new ArrayList<>();
    private final TensorMemory memory = TensorMemory.withLimit(1 << 26);
    private final OwnerMemory sender = memory.owner("sender");
    private final TensorScope scope = sender.openScope("pool");
    private final StageBus bus = StageBus.start(memory);
    private final EventBus events = bus.events();
    private final DeliveryOptions options = new DeliveryOptions().setLocalOnly(true);
    private final MessageConsumer<TensorBatch> consumer =
            events.localConsumer(ADDRESS, message -> receive(message.body()));
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private long received;

    /// A tensor, and the content of the batches that carry it.
    private record Pooled(int number, Tensor tensor, Schema schema, ArrowRecordBatch content) {}

    @Setup
    public void start() {
        for (int i = 0; i < WINDOW; i++) {
            var tensor = scope.doubles(1, DOUBLES);
            tensor.setInt(2, i); // the receiver finds the pooled entry by this
            var batch = RecordCodec.encode(
                    Encodings.of(tensor), scope, bus.messages().allocator());
            var schema = batch.schema();
            pool.add(new Pooled(i, tensor, schema, batch.claim()));
        }
        free.addAll(pool);
    }

    // on an event-loop thread
    private void receive(TensorBatch batch) {
        var content = batch.claim();
        var buffer = content.getBuffers().get(DATA_BUFFER);
        var entry = pool.get(buffer.getInt(2 * Integer.BYTES));
        if (buffer.memoryAddress() != entry.tensor().data().address() || buffer.getLong(0) != received) {
            failure.set("message " + received + " arrived as " + buffer.getLong(0) + " at " + buffer.memoryAddress()
                    + " instead of " + entry.tensor().data().address());
        }
        received++;
        free.add(entry);
    }

    /// Messages a second, sent and received.
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long oneWay() throws InterruptedException {
        received = 0; // the bus is idle: every tensor was given back
        for (long i = 0; i < MESSAGES; i++) {
            var entry = free.take();
            entry.tensor().setLong(0, i);
            events.send(ADDRESS, TensorBatch.of(entry.schema(), entry.content()), options);
        }
        while (free.size() < WINDOW) {
            Thread.onSpinWait();
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return received;
    }

    @TearDown
    public void stop() {
        consumer.unregister().toCompletionStage().toCompletableFuture().join();
        pool.forEach(entry -> entry.content().close());
        scope.close();
        long left = memory.allocated();
        sender.close();
        bus.close();
        memory.close();
        if (left != 0) {
            throw new IllegalStateException(left + " bytes are left allocated");
        }
    }
}
