package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.SelfTesting;
import org.polyphony.spi.plugin.Setting;

/// What every plugin must do, whatever its role. Inherited by the contract of each role.
public interface PluginContract {

    /// A fresh instance of the plugin under test. The contract of a role answers it by the role's own
    /// factory method.
    Object plugin();

    /// A fresh context with the settings to test under; the defaults, unless overridden.
    default TestContext context() {
        return TestContext.forPlugin(plugin());
    }

    @Test
    default void plugin_class_declaresWhatItIs() {
        var type = plugin().getClass();
        var declared = type.getAnnotation(Plugin.class);
        assertThat(declared)
                .as("%s must carry @Plugin, or no engine finds it", type.getName())
                .isNotNull();
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
        var declared = plugin().getClass().getAnnotation(Plugin.class);
        if (declared != null) {
            for (var component : declared.settings().getRecordComponents()) {
                var setting = component.getAnnotation(Setting.class);
                assertThat(setting).as("%s must carry @Setting", component).isNotNull();
                assertThat(setting.description())
                        .as("description of %s", component)
                        .isNotBlank();
            }
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

    /// Fails unless two answers are equal byte by byte, and says where they differ.
    static void assertSame(Object actual, Object expected, String why) {
        assertThat(SpiValues.firstDifference(actual, expected)).as(why).isEmpty();
    }
}
