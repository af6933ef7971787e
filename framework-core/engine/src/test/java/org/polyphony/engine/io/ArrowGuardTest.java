package org.polyphony.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.engine.io.CraftedStreams.Crafted;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class ArrowGuardTest {

    private static final int SEEDS = 3000;

    private final TensorMemory memory = TensorMemory.withLimit(1 << 26);
    private final OwnerMemory owner = memory.owner("guard test");
    private final ArrowGuard guard = new ArrowGuard(ArrowLimits.standard());

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.allocated()).isZero();
        assertThat(guard.leakedBytes()).isZero();
        owner.close();
        memory.close();
    }

    private int read(byte[] stream) {
        return read(stream, stream.length);
    }

    private int read(byte[] stream, long size) {
        var rows = new AtomicInteger();
        try {
            guard.read(
                    Channels.newChannel(new ByteArrayInputStream(stream)),
                    size,
                    "crafted",
                    owner,
                    (root, _) -> rows.addAndGet(root.getRowCount()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows.get();
    }

    private void assertRejected(byte[] stream) {
        long before = memory.peak();
        assertThatThrownBy(() -> read(stream))
                .isInstanceOfSatisfying(
                        AlignmentException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.FILE_MALFORMED))
                .hasMessageContaining("crafted");
        assertThat(memory.peak() - before).isLessThanOrEqualTo(2L * stream.length + (1 << 20));
        assertThat(guard.rejections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Crafted.class)
    void read_craftedStream_isRejected(Crafted crafted) {
        assertRejected(crafted.bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // found by a fuzzer: read as a length of 1,057,030,144
                "0000013f08000c90013f08000c90",
                "fffffffff0ffff7f01020304",
                "ffffffff",
                "ffffffff08",
                "01",
                ""
            })
    void read_noStream_isRejected(String hex) {
        assertRejected(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @EnumSource(CraftedStreams.Valid.class)
    void read_validStream_passes(CraftedStreams.Valid valid) {
        assertThat(read(valid.bytes())).isEqualTo(2);
    }

    @Test
    void read_bodyThatClaims10GB_isRejected() {
        var stream = CraftedStreams.Valid.TEXTS.bytes();
        // the batch's body length is the only 8-byte word that equals it
        long body = CraftedStreams.bodyLength(stream);
        CraftedStreams.replaceLong(stream, body, 10L << 30);
        assertRejected(stream);
    }

    @Test
    void read_cutOffAnywhere_isRejectedOrEndsCleanly() {
        var stream = CraftedStreams.Valid.TEXTS.bytes();
        for (int length = 1; length < stream.length; length++) {
            var cut = java.util.Arrays.copyOf(stream, length);
            try {
                read(cut);
            } catch (AlignmentException e) {
                assertThat(e.code()).isEqualTo(StandardErrorCode.FILE_MALFORMED);
            }
            assertThat(memory.allocated()).isZero();
        }
    }

    @Test
    void read_randomlyDamagedStreams_areReadOrRejected() {
        var valid = CraftedStreams.Valid.values();
        int rejected = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var stream = valid[seed % valid.length].bytes();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                var word = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
                switch (random.nextInt(3)) {
                    case 0 -> stream[random.nextInt(stream.length)] = (byte) random.nextInt();
                    case 1 -> word.putInt(random.nextInt(stream.length - 3), random.nextInt());
                    default -> word.putLong(random.nextInt(stream.length - 7), 1L << random.nextInt(63));
                }
            }
            try {
                read(stream);
            } catch (AlignmentException e) {
                assertThat(e.code()).isEqualTo(StandardErrorCode.FILE_MALFORMED);
                rejected++;
            }
            assertThat(memory.allocated()).as("seed %d", seed).isZero();
        }
        assertThat(rejected).isBetween(SEEDS / 4, SEEDS - 1);
    }

    @Test
    void read_consumerThatFails_passesItsOwnFailureOn() {
        var stream = CraftedStreams.Valid.TEXTS.bytes();
        assertThatThrownBy(() -> guard.read(
                        Channels.newChannel(new ByteArrayInputStream(stream)), stream.length, "x", owner, (_, _) -> {
                            throw new IllegalStateException("mine");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine");
    }

    @Test
    void refuseUnsafe_eitherSwitchOn_refuses() {
        ArrowGuard.refuseUnsafe(null, null);
        ArrowGuard.refuseUnsafe("false", "");
        assertThatThrownBy(() -> ArrowGuard.refuseUnsafe("true", null)).hasMessageContaining("unset");
        assertThatThrownBy(() -> ArrowGuard.refuseUnsafe(null, "TRUE")).hasMessageContaining("unset");
    }
}
