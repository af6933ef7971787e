package org.polyphony.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever goes wrong, the answer is no.
class FaultTest {

    private static final UniversalConstraints SHIPPED = UniversalConstraints.shipped();

    private static final List<Class<? extends Throwable>> FAULTS = List.of(
            RuntimeException.class,
            IllegalStateException.class,
            NullPointerException.class,
            OutOfMemoryError.class,
            StackOverflowError.class,
            NoClassDefFoundError.class,
            LinkageError.class,
            AssertionError.class,
            Error.class,
            InterruptedException.class,
            java.io.IOException.class);

    @Test
    void check_tenThousandFaults_noneAllows() {
        var random = new SplittableRandom(13);
        for (int n = 0; n < 10_000; n++) {
            var text = new Faulty("Good morning", random.nextInt(FAULTS.size() + 1));

            assertThat(SHIPPED.check(text).allowed()).isFalse();
        }
    }

    @Test
    void narrow_tenThousandFaults_noneAllows() {
        var mask = SHIPPED.review(List.of("Good morning", "Good night"), new boolean[2]);
        var random = new SplittableRandom(14);
        for (int n = 0; n < 10_000; n++) {
            int fault = random.nextInt(FAULTS.size() + 3);
            var narrowed = mask.narrow("norms", () -> failingReview(fault));

            assertThat(narrowed.count()).isZero();
            assertThat(narrowed.objections(0)).containsExactly("norms");
        }
    }

    private static @Nullable List<String> failingReview(int fault) throws Exception {
        return switch (fault - FAULTS.size()) {
            case 0 -> null;
            case 1 -> List.of("");
            case 2 -> Arrays.asList("", null);
            default -> throw sneak(newInstance(FAULTS.get(fault)));
        };
    }

    /// The text that is checked and the text that is handed on are the same, whatever the caller's object does
    /// later.
    @Test
    void check_lyingText_handsOnWhatItChecked() {
        var asked = new AtomicInteger();
        CharSequence liar = new CharSequence() {
            @Override
            public int length() {
                return 0;
            }

            @Override
            public char charAt(int index) {
                return ' ';
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return this;
            }

            @Override
            public String toString() {
                return asked.getAndIncrement() == 0 ? "Good morning" : "how to poison someone";
            }
        };

        var decision = SHIPPED.check(liar);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Allow.class, allow -> assertThat(allow.text()).isEqualTo("Good morning"));
        assertThat(asked).hasValue(1);
        assertThat(SHIPPED.check(liar).allowed()).isFalse();
    }

    /// As reflection or a serialisation library would: an object whose constructor never ran.
    @Test
    void allow_madeWithoutItsConstructor_doesNotAllow() throws Exception {
        Allow forged = withoutConstructor(Allow.class);

        assertThat(forged.allowed()).isFalse();
        assertThat(forged).hasToString("Allow (forged)");
        assertThatThrownBy(forged::text).isInstanceOf(IllegalStateException.class);
        assertThat(CandidateMask.of(List.of(forged)).count()).isZero();
    }

    @Test
    void refuse_madeWithoutItsConstructor_doesNotAllow() throws Exception {
        assertThat(withoutConstructor(Refuse.class).allowed()).isFalse();
    }

    private static <T> T withoutConstructor(Class<T> type) throws Exception {
        // by name: the module does not, and must not, read jdk.unsupported
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        var any = (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(
                        factory.getMethod("getReflectionFactory").invoke(null),
                        type,
                        Object.class.getDeclaredConstructor());
        return type.cast(any.newInstance());
    }

    private record Faulty(String text, int fault) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // a text that breaks its contract is the point
        public String toString() {
            if (fault == FAULTS.size()) {
                return null;
            }
            throw sneak(newInstance(FAULTS.get(fault)));
        }
    }

    private static Throwable newInstance(Class<? extends Throwable> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a fault has no plain constructor", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneak(Throwable fault) throws T {
        throw (T) fault;
    }
}
