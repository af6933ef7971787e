package org.polyphony.trust.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainedLogTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("decisions.log");
    }

    private static List<String> texts(int n) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < n; i++) {
            texts.add("record " + i + " " + "é".repeat(i % 7));
        }
        return texts;
    }

    private LogHead write(List<String> texts) throws IOException {
        try (var log = ChainedLog.open(file)) {
            for (String text : texts) {
                log.append(text);
            }
            return log.head();
        }
    }

    private List<String> read() throws IOException {
        var texts = new ArrayList<String>();
        ChainedLog.verify(file, null, record -> texts.add(record.text()));
        return texts;
    }

    @Test
    void append_records_areReadBackInOrder() throws IOException {
        var head = write(texts(20));

        assertThat(read()).isEqualTo(texts(20));
        assertThat(head.records()).isEqualTo(20);
        assertThat(ChainedLog.verify(file, head, _ -> {})).isEqualTo(head);
    }

    @Test
    void open_existingLog_continuesTheChain() throws IOException {
        write(List.of("a", ""));
        var head = write(List.of("b"));

        assertThat(read()).containsExactly("a", "", "b");
        assertThat(head.records()).isEqualTo(3);
    }

    @Test
    void open_cutAtEveryByte_keepsTheWholeRecordsBefore() throws IOException {
        var all = texts(5);
        write(all);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            if (length < LogScan.FILE_HEAD) {
                assertThatThrownBy(() -> ChainedLog.open(file)).isInstanceOf(LogDamagedException.class);
                continue;
            }
            try (var log = ChainedLog.open(file)) {
                int kept = (int) log.head().records();
                assertThat(kept).isLessThan(all.size());
                log.append("after");
            }
            var expected = new ArrayList<>(all.subList(0, read().size() - 1));
            expected.add("after");
            assertThat(read()).isEqualTo(expected);
        }
    }

    /// What is left of a long record that was cut off is gone before a short one takes its place.
    @Test
    void open_longRecordCutOff_leavesNothingBehindTheNext() throws IOException {
        write(List.of("first"));
        long whole = Files.size(file);
        write(List.of("x".repeat(1_000)));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) whole + 900));

        write(List.of("after"));

        assertThat(read()).containsExactly("first", "after");
        assertThat(Files.size(file)).isEqualTo(2 * whole - LogScan.FILE_HEAD);
    }

    @Test
    void verify_headOfAnEmptyLog_isWitnessOfNothing() throws IOException {
        LogHead empty = write(List.of());
        var head = write(texts(2));

        assertThat(empty.records()).isZero();
        assertThat(ChainedLog.verify(file, empty, _ -> {})).isEqualTo(head);
    }

    @Test
    void verify_everySingleBitFlipped_isSeen() throws IOException {
        var head = write(texts(5));
        byte[] bytes = Files.readAllBytes(file);
        int seen = 0;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte whole = bytes[bit / 8];
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (whole ^ (1 << (bit % 8)))}), bit / 8);
                try {
                    ChainedLog.verify(file, null, _ -> {});
                } catch (LogDamagedException e) {
                    seen++;
                }
                channel.write(ByteBuffer.wrap(new byte[] {whole}), bit / 8);
            }
        }
        assertThat(seen).isEqualTo(bytes.length * 8);
        assertThat(ChainedLog.verify(file, head, _ -> {})).isEqualTo(head);
    }

    @Test
    void open_damagedLog_isNotTouched() throws IOException {
        write(texts(5));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 50] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> ChainedLog.open(file))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("record 4");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void verify_recordsMovedCopiedOrDropped_isSeen() throws IOException {
        write(List.of("aaaa", "bbbb", "cccc"));
        byte[] bytes = Files.readAllBytes(file);
        int head = LogScan.FILE_HEAD;
        int size = (bytes.length - head) / 3;
        for (int[] order : new int[][] {{1, 0, 2}, {0, 2, 1}, {0, 0, 1}, {1, 2}, {0, 2}, {0, 1, 1}}) {
            byte[] changed = Arrays.copyOf(bytes, head + order.length * size);
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(bytes, head + order[i] * size, changed, head + i * size, size);
            }
            Files.write(file, changed);
            assertThatThrownBy(() -> ChainedLog.verify(file, null, _ -> {}))
                    .as(Arrays.toString(order))
                    .isInstanceOf(LogDamagedException.class);
        }
    }

    @Test
    void verify_recordOfAnotherLog_isSeen() throws IOException {
        write(List.of("aaaa", "bbbb"));
        byte[] one = Files.readAllBytes(file);
        file = folder.resolve("other.log");
        write(List.of("aaaa", "bbbb"));
        byte[] other = Files.readAllBytes(file);
        int half = LogScan.FILE_HEAD + (one.length - LogScan.FILE_HEAD) / 2;
        System.arraycopy(one, half, other, half, one.length - half);
        Files.write(file, other);

        assertThatThrownBy(() -> ChainedLog.verify(file, null, _ -> {})).isInstanceOf(LogDamagedException.class);
    }

    @Test
    void verify_newestRecordsRemoved_isSeenByAWitness() throws IOException {
        write(texts(3));
        long size = Files.size(file);
        var head = write(List.of("the one to hide"));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) size));

        assertThat(read()).hasSize(3);
        assertThatThrownBy(() -> ChainedLog.verify(file, head, _ -> {})).isInstanceOf(LogDamagedException.class);
        assertThatThrownBy(() -> ChainedLog.open(file, head)).isInstanceOf(LogDamagedException.class);
    }

    @Test
    void open_witnessedLogThatIsGone_isNotMadeAnew() throws IOException {
        var head = write(texts(2));
        Files.delete(file);

        assertThatIOException().isThrownBy(() -> ChainedLog.open(file, head));
        assertThat(file).doesNotExist();
    }

    @Test
    void open_twice_isRefused() throws IOException {
        try (var log = ChainedLog.open(file)) {
            assertThatIOException().isThrownBy(() -> ChainedLog.open(file)).withMessageContaining("close it first");
            log.append("still works");
        }
        assertThat(read()).containsExactly("still works");
    }

    @Test
    void open_fileThatIsNoLog_isRefusedAndKept() throws IOException {
        Files.writeString(file, "a shopping list that is long enough to have a head");

        assertThatThrownBy(() -> ChainedLog.open(file)).isInstanceOf(LogDamagedException.class);
        assertThat(file).hasContent("a shopping list that is long enough to have a head");
    }

    @Test
    void append_tooLong_isRefusedAndTheLogGoesOn() throws IOException {
        try (var log = ChainedLog.open(file)) {
            assertThatThrownBy(() -> log.append("x".repeat(LogScan.LONGEST_PAYLOAD + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            log.append("x".repeat(LogScan.LONGEST_PAYLOAD));
        }
        assertThat(read()).hasSize(1);
    }

    @Test
    void append_afterAFailedWrite_isRefused() throws IOException {
        var log = ChainedLog.open(file);
        log.append("a");
        log.close();

        assertThatIOException().isThrownBy(() -> log.append("b"));
        assertThatIOException().isThrownBy(() -> log.append("c")).withMessageContaining("takes no more records");
        assertThat(read()).containsExactly("a");
    }

    @Test
    void append_manyThreads_losesNothing() throws Exception {
        try (var log = ChainedLog.open(file)) {
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 25; i++) {
                        try {
                            log.append(number + "." + i);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(read()).hasSize(100).doesNotHaveDuplicates();
    }
}
