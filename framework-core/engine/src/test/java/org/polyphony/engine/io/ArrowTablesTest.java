package org.polyphony.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class ArrowTablesTest {

    @TempDir
    Path folder;

    private final TensorMemory memory = TensorMemory.withLimit(1 << 26);
    private final OwnerMemory owner = memory.owner("table test");
    private final ArrowGuard guard = new ArrowGuard(ArrowLimits.standard().withoutFiniteCheck());

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.allocated()).isZero();
        owner.close();
        memory.close();
    }

    private static Table table(int rows, long seed) {
        var random = new SplittableRandom(seed);
        var numbers = random.doubles(rows).map(Math::log).toArray();
        if (rows > 0) {
            numbers[0] = Double.NEGATIVE_INFINITY;
        }
        return Table.of(
                new TableColumn.Texts(
                        "item",
                        IntStream.range(0, rows).mapToObj(i -> "Ünïcödé " + i).toList()),
                new TableColumn.Longs("candidate", random.longs(rows).toArray()),
                new TableColumn.Doubles("log_prob", numbers));
    }

    private static void assertEqual(Table actual, Table expected) {
        assertThat(actual.texts("item")).isEqualTo(expected.texts("item"));
        assertThat(actual.longs("candidate")).isEqualTo(expected.longs("candidate"));
        assertThat(actual.doubles("log_prob")).isEqualTo(expected.doubles("log_prob"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 65_536, 65_537})
    void read_whatArrowWrote_isEqual(int rows) {
        var file = folder.resolve("policy.arrow");
        ArrowTables.write(file, table(rows, 1), owner);
        assertEqual(ArrowTables.read(file, guard, owner), table(rows, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5000})
    void read_whatParquetWrote_isEqual(int rows) {
        var file = folder.resolve("it's a policy.parquet");
        ParquetTables.write(file, table(rows, 2));
        assertEqual(ParquetTables.read(file), table(rows, 2));
    }

    @Test
    void write_sameTableTwice_givesTheSameBytes() throws IOException {
        for (var name : List.of("a", "b")) {
            ArrowTables.write(folder.resolve(name + ".arrow"), table(1000, 3), owner);
            ParquetTables.write(folder.resolve(name + ".parquet"), table(1000, 3));
        }
        assertThat(folder.resolve("a.arrow")).hasSameBinaryContentAs(folder.resolve("b.arrow"));
        assertThat(folder.resolve("a.parquet")).hasSameBinaryContentAs(folder.resolve("b.parquet"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(4); // and no temporary file
        }
    }

    @Test
    void write_failureHalfWay_leavesTheOldFile() throws IOException {
        var file = folder.resolve("kept.arrow");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(java.nio.ByteBuffer.wrap(new byte[10]));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOfSatisfying(
                        AlignmentException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.IO_FAILED));
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void write_placeThatCannotBe_isNotWritable() {
        for (var place : List.of(folder, folder.resolve("no/such/folder.arrow"))) {
            assertThatThrownBy(() -> ArrowTables.write(place, table(1, 1), owner))
                    .isInstanceOfSatisfying(
                            AlignmentException.class,
                            e -> assertThat(e.code()).isEqualTo(StandardErrorCode.OUTPUT_NOT_WRITABLE));
        }
    }

    @Test
    void read_damagedFile_isMalformed() throws IOException {
        var file = folder.resolve("policy.arrow");
        ArrowTables.write(file, table(100, 4), owner);
        var bytes = Files.readAllBytes(file);
        for (int length : new int[] {1, 8, 20, bytes.length / 2, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertMalformed(() -> ArrowTables.read(file, guard, owner));
        }
        Files.writeString(file, "{\"games\": []}");
        assertMalformed(() -> ArrowTables.read(file, guard, owner));
        assertMalformed(() -> ParquetTables.read(file));
        assertThatThrownBy(() -> ArrowTables.read(folder, guard, owner)).hasMessageContaining("is a folder");
    }

    private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        AlignmentException.class,
                        e -> assertThat(e.code()).isEqualTo(StandardErrorCode.FILE_MALFORMED));
    }

    @Test
    void columns_thatAreAbsent_areNamed() {
        assertThatThrownBy(() -> table(1, 1).doubles("item")).hasMessageContaining("item (Texts)");
    }
}
