package org.polyphony.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.engine.tensor.FixedShapeTensorType;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.tensor.Tensor;

/// What crosses the bus in one process must survive a real wire too, or the codec would lean on references.
class WireFormatTest {

    private static final int SEEDS = 8;

    private final TensorMemory memory = TensorMemory.withLimit(1 << 24);
    private final OwnerMemory sender = memory.owner("sender");
    private final OwnerMemory receiver = memory.owner("receiver");

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.allocated()).isZero();
        sender.close();
        receiver.close();
        memory.close();
    }

    @ParameterizedTest
    @MethodSource("org.polyphony.engine.codec.RecordCodecTest#everyRecordOfEveryVerb")
    void read_whatWasWritten_isEqual(Class<? extends Record> type) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            String expected;
            var bytes = new ByteArrayOutputStream();
            try (var from = sender.openScope("send")) {
                var value = new RandomRecords(seed, from).next(type);
                expected = Records.describe(value);
                WireFormat.write(RecordCodec.encode(value, from, sender.allocator()), Channels.newChannel(bytes));
            }
            try (var into = receiver.openScope("receive")) {
                var batch = WireFormat.read(
                        Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray())),
                        bytes.size(),
                        "loopback",
                        receiver);
                var read = RecordCodec.decode(type, batch, into);
                assertThat(Records.describe(read)).isEqualTo(expected);
                assertThat(Records.tensors(read))
                        .allSatisfy(tensor ->
                                assertThat(tensor.data().address() % 64).isZero());
            }
        }
    }

    @Test
    void read_damagedBytes_areRejectedWithoutALeak() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var from = sender.openScope("send")) {
            var value = Encodings.of(Tensor.ofDoubles(new double[] {1, 2}, 1, 2));
            WireFormat.write(RecordCodec.encode(value, from, sender.allocator()), Channels.newChannel(bytes));
        }
        var text = bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text).contains(FixedShapeTensorType.NAME).contains("{\"shape\":[1,2]}");
        var damaged = text.replace("\"shape\":[1,2]", "\"shape\":[9,9]")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> WireFormat.read(
                        Channels.newChannel(new ByteArrayInputStream(damaged)), damaged.length, "peer", receiver))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("peer");
    }
}
