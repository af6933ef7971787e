package org.polyphony.engine.bus;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.polyphony.engine.plugin.Opened;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.plugin.PluginId;

/// A target that is always the same plugin.
record FixedTarget(Object plugin, OwnerMemory memory, Opened opened, Runnable onClose) implements StageTarget {

    FixedTarget(Object plugin, OwnerMemory memory) {
        this(plugin, memory, () -> {});
    }

    FixedTarget(Object plugin, OwnerMemory memory, Runnable onClose) {
        this(
                plugin,
                memory,
                new Opened(memory.name(), task -> Thread.ofVirtual().start(task), 1),
                onClose);
    }

    @Override
    public PluginId id() {
        return new PluginId("sample", memory.name(), "1.0.0");
    }

    @Override
    public String owner() {
        return memory.name();
    }

    @Override
    public Executor calls() {
        return task -> Thread.ofVirtual().start(task);
    }

    @Override
    public <T> List<T> parallel(int chunks, IntFunction<T> work) {
        return IntStream.range(0, chunks).mapToObj(work).toList();
    }

    @Override
    public <T extends Record> T settings(Class<T> type, String key) {
        throw new IllegalArgumentException("no settings under " + key);
    }

    @Override
    public Path cache() {
        return Path.of("cache of " + owner());
    }

    @Override
    public Map<String, Object> settings(String key) {
        return Map.of();
    }

    @Override
    public void failed() {}

    @Override
    public void close() {
        onClose.run();
    }
}
