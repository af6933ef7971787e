package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.plugin.Setting;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.testkit.TestContext.Progress;

class TestContextTest {

    @Test
    void allocator_tensors_areZeroedAndAligned() {
        try (var context = TestContext.create()) {
            for (int size : new int[] {0, 1, 7, 4098}) {
                var tensor = context.allocator().doubles(size);
                assertThat(tensor.data().address() % TestContext.ALIGNMENT).isZero();
                assertThat(tensor.toDoubles()).isEqualTo(new double[size]);
            }
            assertThat(context.allocatedBytes()).isEqualTo(8 * (1 + 7 + 4098));
        }
    }

    @Test
    void cache_lastsAsLongAsTheContext() throws Exception {
        var context = TestContext.create();
        var folder = context.cache();
        Files.writeString(folder.resolve("file"), "saved");
        assertThat(context.cache()).isEqualTo(folder);
        try (var other = TestContext.create()) {
            assertThat(other.cache()).isNotEqualTo(folder);
            assertThat(other.remainingNanos()).isEqualTo(Long.MAX_VALUE);
            assertThat(other.call()).hasToString("test of test");
            assertThat(other.logger().getName()).isEqualTo("polyphony.plugin.test");
        }
        context.close();
        assertThat(folder).doesNotExist();
        assertThatIllegalStateException().isThrownBy(context::cache);
    }

    @Test
    void close_tensorKept_cannotBeRead() {
        var context = TestContext.create();
        var kept = context.allocator().doubles(1);
        context.close();
        assertThatIllegalStateException().isThrownBy(() -> kept.getDouble(0));
    }

    @Test
    void allocator_beyondTheLimit_saysHowMuchIsLeft() {
        try (var context = TestContext.create().withMemoryLimit(100)) {
            assertThat(context.allocator().doubles(10).size()).isEqualTo(10);
            assertThatExceptionOfType(AlignmentException.class)
                    .isThrownBy(() -> context.allocator().doubles(4))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.MEMORY_EXHAUSTED))
                    .withMessage("a FLOAT64[4] tensor needs 32 bytes, 20 of 100 are left");
        }
    }

    @Test
    void share_request_isAReadOnlyCopy() {
        try (var context = TestContext.create()) {
            var games = TestGames.of(TestGames.comalCycle());
            var shared = context.share(games);
            assertThat(SpiValues.firstDifference(shared, games)).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shared.weights().setDouble(0, 2))
                    .withMessageContaining("read-only");
            assertThat(SpiValues.tensors(shared))
                    .containsOnlyKeys("weights", "buckets[0].items", "buckets[0].p", "buckets[0].allowed");
        }
    }

    @Test
    void parallel_anyThreads_resultsInChunkOrder() {
        for (int threads : new int[] {1, 2, 7}) {
            try (var context = TestContext.create().withThreads(threads)) {
                assertThat(context.parallel(100, i -> i * i))
                        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> i * i).toList());
                assertThat(context.<Integer>parallel(0, i -> i)).isEmpty();
            }
        }
    }

    @Test
    void parallel_severalFail_theFirstInChunkOrderIsThrown() {
        try (var context = TestContext.create().withThreads(4)) {
            assertThatThrownBy(() -> context.parallel(50, i -> {
                        if (i % 10 == 7) {
                            throw new IllegalStateException("chunk " + i);
                        }
                        return i;
                    }))
                    .hasMessage("chunk 7");
        }
    }

    @Test
    void cancelAfter_checks_thenThrows() {
        try (var context = TestContext.create().cancelAfter(2)) {
            context.checkCancelled();
            context.checkCancelled();
            assertThatExceptionOfType(AlignmentException.class).isThrownBy(context::checkCancelled);
            assertThatExceptionOfType(AlignmentException.class).isThrownBy(context::checkCancelled);
        }
    }

    @Test
    void reports_areKept() {
        try (var context = TestContext.create()) {
            context.progress(1, 2);
            context.report(Issue.note("N", "a note", ""));
            assertThat(context.steps()).containsExactly(new Progress(1, 2));
            assertThat(context.issues()).containsExactly(Issue.note("N", "a note", ""));
            assertThatIllegalArgumentException().isThrownBy(() -> context.progress(3, 2));
        }
    }

    @Test
    void defaults_everyKind_areRead() {
        assertThat(TestContext.defaults(Everything.class))
                .isEqualTo(new Everything(
                        "text",
                        3,
                        4_000_000_000L,
                        0.5,
                        true,
                        Pace.VERY_SLOW,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        Optional.of(2.5),
                        List.of(),
                        List.of("a", "b"),
                        Map.of(),
                        new Inner(7)));
    }

    @Test
    void defaults_requiredSetting_isNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestContext.defaults(Required.class))
                .withMessageContaining("'path' must be given")
                .withMessageContaining("give the test context a settings record");
    }

    @Test
    void forPlugin_settingsAsAStudyWritesThem_areBoundAsTheEngineBindsThem() {
        var plugin = new Configured();
        try (var context = TestContext.forPlugin(plugin, Map.of("pace", "very-slow", "steps", 4))) {
            assertThat(context.settings(Few.class)).isEqualTo(new Few(Pace.VERY_SLOW, 4));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestContext.forPlugin(plugin, Map.of("step", 4)))
                .withMessageContaining("there is no setting 'step'; did you mean 'steps'");
    }

    @Test
    void firstDifference_tensors_namesPathAndElement() {
        var left = TestGames.of(TestGames.comalCycle());
        var right = SpiValues.copy(left);
        right.buckets().getFirst().p().setDouble(4, 0.25);
        assertThat(SpiValues.firstDifference(left, right))
                .contains("buckets[0].p: element 4 of FLOAT64[1, 1, 3, 3] is 0.5 and 0.25");
    }

    @Test
    void tensorAssert_wrong_saysWhat() {
        var tensor = Tensor.ofDoubles(new double[] {1, Double.NaN}, 2);
        assertThatThrownBy(() -> TensorAssert.assertThat(tensor).isFinite()).hasMessageContaining("element 1");
        assertThatThrownBy(() -> TensorAssert.assertThat(tensor).isCloseTo(0.1, 1, 2))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> TensorAssert.assertThat(tensor).hasShape(3)).hasMessageContaining("[3]");
    }

    @Plugin(role = TestContextTest.class, id = "configured", settings = Few.class, summary = "Takes settings.")
    private static final class Configured {}

    record Few(
            @Setting(description = "How fast", defaultValue = "very-slow")
            Pace pace,

            @Setting(description = "How many", defaultValue = "1")
            int steps) {}

    enum Pace {
        FAST,
        VERY_SLOW
    }

    record Inner(
            @Setting(description = "d", defaultValue = "7") int depth) {}

    record Required(@Setting(description = "d") String path) {}

    record Everything(
            @Setting(description = "d", defaultValue = "text")
            String text,

            @Setting(description = "d", defaultValue = "3") int count,

            @Setting(description = "d", defaultValue = "4000000000")
            long big,

            @Setting(description = "d", defaultValue = "0.5")
            double share,

            @Setting(description = "d", defaultValue = "true")
            boolean on,

            @Setting(description = "d", defaultValue = "very-slow")
            Pace pace,

            @Setting(description = "d", defaultValue = "PT30S")
            Duration pause,

            @Setting(description = "d") Optional<String> maybe,

            @Setting(description = "d", defaultValue = "2.5")
            Optional<Double> tau,

            @Setting(description = "d") List<String> none,

            @Setting(description = "d", defaultValue = "a, b")
            List<String> names,

            @Setting(description = "d") Map<String, Integer> map,
            @Setting(description = "d") Inner inner) {}
}
