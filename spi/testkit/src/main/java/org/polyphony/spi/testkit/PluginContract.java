package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.support.Declarations;
import org.polyphony.support.settings.SettingsBinder;

/// What every plugin must do, whatever its role. Inherited by the contract of each role.
///
/// Each of its tests ends within a minute (a class says otherwise by a `@Timeout` of its own). What the plugin does
/// beside answering fails the test it does it in: a thread left behind, a word on standard output or error, a context
/// used after its call.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
@ExtendWith(ContractWatch.class)
public interface PluginContract {

    /// A fresh instance of the plugin under test. The contract of a role answers it by the role's own
    /// factory method.
    Object plugin();

    /// What the class declares itself to be; the first it says, unless overridden for a class that is several plugins.
    default Plugin declared() {
        var declared = Declarations.of(plugin().getClass());
        assertThat(declared)
                .as("%s must carry @Plugin, or no engine finds it", plugin().getClass())
                .isNotEmpty();
        return declared.getFirst();
    }

    /// A fresh context with the settings to test under; the defaults, unless overridden.
    default TestContext context() {
        return TestContext.forPlugin(declared(), Map.of());
    }

    /// Whether the plugin keeps this thread from call to call on purpose, as a client that all calls share keeps
    /// its own; none unless overridden.
    default boolean keeps(Thread thread) {
        return false;
    }

    @Test
    default void plugin_class_declaresWhatItIs() {
        var type = plugin().getClass();
        var declared = declared();
        assertThat(declared.role())
                .as("the role must be an interface that the class implements")
                .isInterface();
        assertThat(declared.role().isInstance(plugin()))
                .as("%s must implement its role", type)
                .isTrue();
        assertThat(declared.id()).as("id").matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(declared.summary()).as("summary").isNotBlank().doesNotContain("\"", "\n");
        assertThat(Modifier.isPublic(type.getModifiers()))
                .as("%s must be public", type.getName())
                .isTrue();
    }

    @Test
    default void plugin_settings_areDescribed() {
        for (var setting : SettingsBinder.describe(declared().settings())) {
            assertThat(setting.description())
                    .as("description of %s", setting.name())
                    .isNotBlank();
        }
    }

    @Test
    default void plugin_selfTest_passes() {
        if (plugin() instanceof SelfTesting testing) {
            try (var context = context()) {
                assertThatCode(() -> testing.selfTest(context)).doesNotThrowAnyException();
            }
        }
    }

    /// Leaves a test out where the plugin does not promise what it looks for.
    default void assumePromised(Determinism least) {
        var promised = declared().determinism();
        Assumptions.assumeTrue(
                promised.compareTo(least) <= 0, () -> "it declares " + promised + ", and this needs " + least);
    }

    /// Runs `call` on 16 virtual threads at once.
    ///
    /// @return the answers, copied, in the order of the threads
    static <T> List<T> atOnce(Callable<T> call) {
        var answers = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(call));
            }
        }
        var values = new ArrayList<T>();
        for (var answer : answers) {
            try {
                values.add(answer.get());
            } catch (ExecutionException e) {
                throw new AssertionError("a call failed that succeeds alone: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return values;
    }

    /// An answer as the engine takes it: readable on any thread, and copied, so that it outlives the call.
    static <T> T taken(T answer) {
        var another = new Thread(() -> {});
        SpiValues.tensors(answer)
                .forEach((path, tensor) -> assertThat(
                                tensor.data().scope().isAlive() && tensor.data().isAccessibleBy(another))
                        .as("%s must be readable on any thread until the call's context ends", path)
                        .isTrue());
        return SpiValues.copy(answer);
    }

    /// Makes the same call again, then with half the memory it took, then with none. It may take no more than
    /// before; where it does not get what it asks for, that is what it must fail with.
    ///
    /// @param context makes a fresh context
    /// @param call the call, always of the same instance of the plugin
    static void assertBearsLittleMemory(Supplier<TestContext> context, Consumer<TestContext> call) {
        long taken = allocated(context.get(), call);
        assertThat(allocated(context.get(), call))
                .as("bytes that the same call takes when made again")
                .isLessThanOrEqualTo(taken);
        for (long limit : taken == 0 ? new long[0] : new long[] {taken / 2, 0}) {
            try (var poor = context.get().withMemoryLimit(limit)) {
                call.accept(poor);
            } catch (AlignmentException e) {
                assertThat(e.code())
                        .as("with %s bytes it failed: %s", limit, e.getMessage())
                        .isEqualTo(StandardErrorCode.MEMORY_EXHAUSTED);
            }
        }
    }

    private static long allocated(TestContext fresh, Consumer<TestContext> call) {
        try (fresh) {
            call.accept(fresh);
            return fresh.allocatedBytes();
        }
    }

    /// Closes what a plugin opened, which must not throw.
    static void assertClosesQuietly(AutoCloseable opened) {
        assertThatCode(opened::close).as("close").doesNotThrowAnyException();
    }

    /// Asks what is closed: it may refuse, or answer as before; it may not make anything up.
    static <T> void assertRefusedOrSame(Supplier<T> asked, T before) {
        T after;
        try {
            after = asked.get();
        } catch (AlignmentException | IllegalStateException _) {
            return;
        }
        assertSame(after, before, "an answer after close");
    }

    /// Fails unless two answers are equal byte by byte, and says where they differ.
    static void assertSame(Object actual, Object expected, String why) {
        assertThat(SpiValues.firstDifference(actual, expected)).as(why).isEmpty();
    }
}
