package org.polyphony.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ExitGuardTest {

    /// Ends the process for some numbers and has branches, so that frames are needed.
    public static final class Ending implements IntUnaryOperator {

        @Override
        public int applyAsInt(int n) {
            Object seen = n > 100 ? "large" : Integer.valueOf(n);
            switch (n) {
                case 1 -> System.exit(0);
                case 2 -> Runtime.getRuntime().exit(0);
                case 3 -> Runtime.getRuntime().halt(0);
                default -> {
                    // goes on
                }
            }
            return seen.hashCode() + exit(n);
        }

        // the plugin's own method of that name
        private static int exit(int n) {
            return n;
        }
    }

    private static final class Loader extends ClassLoader {

        Class<?> define(byte... bytes) {
            return defineClass(Ending.class.getName(), bytes, 0, bytes.length);
        }
    }

    private static IntUnaryOperator guarded() throws ReflectiveOperationException, IOException {
        var loader = new Loader();
        try (var in = Ending.class.getResourceAsStream("ExitGuardTest$Ending.class")) {
            var type = loader.define(ExitGuard.guarded(in.readAllBytes(), loader));
            return (IntUnaryOperator) type.getConstructor().newInstance();
        }
    }

    @Test
    void guarded_callsThatEndTheProcess_throw() throws Exception {
        var ending = guarded();

        for (int n = 1; n <= 3; n++) {
            int of = n;
            assertThatThrownBy(() -> ending.applyAsInt(of))
                    .isInstanceOf(SecurityException.class)
                    .hasMessageContaining("may not end the process");
        }
    }

    @Test
    void guarded_everythingElse_isAsBefore() throws Exception {
        assertThat(guarded().applyAsInt(7)).isEqualTo(new Ending().applyAsInt(7));
        assertThat(guarded().applyAsInt(200)).isEqualTo(new Ending().applyAsInt(200));
    }
}
