package org.polyphony.engine.codec;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.Channels;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.polyphony.engine.plugin.Role;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.engine.tensor.TensorBatch;
import org.polyphony.engine.tensor.TensorMemory;
import org.polyphony.engine.tensor.TensorScope;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.encoding.Encodings;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.model.Generations;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.spi.preference.Message;
import org.polyphony.spi.preference.ToolCall;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Shape;
import org.polyphony.spi.tensor.Tensor;

class RecordCodecTest {

    private static final int SEEDS = 15;

    private final TensorMemory memory = TensorMemory.withLimit(1 << 24);
    private final OwnerMemory sender = memory.owner("sender");
    private final OwnerMemory bus = memory.owner("bus");
    private final OwnerMemory receiver = memory.owner("receiver");

    @AfterEach
    void close() {
        assertThat(memory.allocated()).isZero();
        List.of(sender, bus, receiver).forEach(OwnerMemory::close);
        memory.close();
    }

    static Stream<Class<? extends Record>> everyRecordOfEveryVerb() {
        return Stream.of(Role.values())
                .flatMap(role -> role.verbs().stream())
                .flatMap(verb -> Stream.<Class<? extends Record>>of(verb.input(), verb.output()))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("everyRecordOfEveryVerb")
    void decode_whatWasEncoded_isEqualAtTheSameAddress(Class<? extends Record> type) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var from = sender.openScope("send");
            try (var into = receiver.openScope("receive")) {
                var value = new RandomRecords(seed, from).next(type);
                var expected = Records.describe(value);
                var read = RecordCodec.decode(type, RecordCodec.encode(value, from, bus.allocator()), into);
                assertSameMemory(value, read);
                from.close(); // the receiver's share outlives the sender's scope
                assertThat(Records.describe(read)).isEqualTo(expected);
                assertThat(sender.allocated() + bus.allocated()).isZero();
            }
        }
    }

    private static void assertSameMemory(Record value, Record read) {
        var before = Records.tensors(value);
        var after = Records.tensors(read);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).data().isNative()) {
                assertThat(after.get(i).data().address())
                        .isEqualTo(before.get(i).data().address());
            }
            assertThat(after.get(i).data().isReadOnly()).isTrue();
            assertThat(after.get(i).size() == 0 || after.get(i).data().isNative())
                    .isTrue();
        }
    }

    @Test
    void own_heapTensor_isCopiedToAlignedMemory() {
        try (var scope = sender.openScope("call")) {
            var values = new double[] {1, 2, 3};
            var owned = RecordCodec.own(Encodings.class, Encodings.of(Tensor.ofDoubles(values, 1, 3)), scope);
            values[0] = 9;
            assertThat(owned.features().toDoubles()).containsExactly(1, 2, 3);
            assertThat(owned.features().data().address() % 64).isZero();
        }
    }

    @Test
    void encode_slicedTensor_keepsItsAddress() {
        try (var scope = sender.openScope("call");
                var other = receiver.openScope("other")) {
            var whole = scope.doubles(4, 4);
            for (int i = 0; i < 16; i++) {
                whole.setDouble(i, i);
            }
            var row = Tensor.of(ElementType.FLOAT64, Shape.of(4), whole.data().asSlice(64, 32));
            var batch = RecordCodec.encode(Encodings.of(row), scope, bus.allocator());
            var read = RecordCodec.decode(Encodings.class, batch, other);
            assertThat(read.features().toDoubles()).containsExactly(8, 9, 10, 11);
            assertThat(read.features().data().address()).isEqualTo(row.data().address());
        }
    }

    @Test
    void encode_foreignNativeTensor_isRefusedAndLeavesNothing() {
        try (var scope = sender.openScope("call");
                var arena = Arena.ofConfined()) {
            var foreign = Tensor.of(ElementType.FLOAT64, Shape.of(2), arena.allocate(16, 8));
            var artefact =
                    Artefact.of("test", 1, Map.of(), Map.of("a", Tensor.ofDoubles(new double[100], 100), "b", foreign));
            assertThatThrownBy(() -> RecordCodec.encode(artefact, scope, bus.allocator()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tensors.1.value")
                    .hasMessageContaining("allocator");
        }
    }

    @Test
    void decode_anotherType_isRefused() {
        try (var scope = sender.openScope("call")) {
            var batch = RecordCodec.encode(Generations.of(List.of("a")), scope, bus.allocator());
            assertThatThrownBy(() -> RecordCodec.decode(Encodings.class, batch, scope))
                    .isInstanceOf(AlignmentException.class)
                    .hasMessageContaining("Generations");
        }
    }

    // every shape that is written as columns, and a choice; the SPI uses some of them only
    record Everything(
            List<Row> rows, List<Integer> numbers, Choice choice, List<Choice> choices, Tree tree, Ordered ordered) {}

    record Ordered(
            Set<String> texts,
            Set<ElementType> types,
            Set<Long> numbers,
            Map<String, Double> values,
            Map<String, Tensor> tensors,
            Map<String, Map<String, String>> maps) {}

    record Row(
            String text,
            int number,
            long large,
            double real,
            boolean flag,
            ElementType type,
            Optional<String> maybe,
            Optional<Long> perhaps,
            Set<String> texts,
            List<Cell> cells,
            Labels labels) {}

    record Labels(
            Map<String, String> texts,
            Map<String, List<Integer>> numbers,
            OptionalInt number,
            OptionalLong large,
            OptionalDouble real) {}

    record Cell(String name, List<Double> values, Optional<ElementType> type) {}

    sealed interface Choice {}

    record Plain(String text) implements Choice {}

    record WithTensor(Tensor tensor, List<Cell> cells) implements Choice {}

    record Tree(String name, List<Tree> children) {}

    @Test
    void decode_columnsAndChoices_areEqual() {
        for (int seed = 0; seed < 10 * SEEDS; seed++) {
            try (var scope = sender.openScope("call")) {
                var random = new RandomRecords(seed, scope);
                var value = new Everything(
                        random.list(Row.class, 7),
                        random.list(Integer.class, 5),
                        random.next(Plain.class),
                        random.list(Choice.class, 4),
                        new Tree("root", List.of(new Tree("leaf", List.of()))),
                        random.next(Ordered.class));
                var read = RecordCodec.own(Everything.class, value, scope);
                assertThat(Records.describe(read)).isEqualTo(Records.describe(value));
            }
        }
    }

    @Test
    void encode_setsAndMapsInAnyOrder_areTheSameBytes() {
        var names = List.of("b", "a", "c", "Ä", "");
        var ascending = new TreeSet<>(names);
        var values = new LinkedHashMap<String, Double>();
        var tensors = new LinkedHashMap<String, Tensor>();
        var maps = new LinkedHashMap<String, Map<String, String>>();
        for (var name : names) {
            values.put(name, 1.0);
            tensors.put(name, Tensor.ofInts(new int[] {name.length()}, 1));
            maps.put(name, values.keySet().stream().collect(toMap(key -> key, _ -> name)));
        }
        var any = new Ordered(
                new LinkedHashSet<>(names), EnumSet.allOf(ElementType.class), Set.of(3L, 1L), values, tensors, maps);
        var sorted = new Ordered(
                ascending,
                new TreeSet<>(List.of(ElementType.values())),
                new TreeSet<>(List.of(1L, 3L)),
                new TreeMap<>(values),
                new TreeMap<>(tensors),
                new TreeMap<>(maps));
        assertThat(bytes(any)).isEqualTo(bytes(sorted));
        try (var scope = sender.openScope("call")) {
            var read = RecordCodec.own(Ordered.class, any, scope);
            assertThat(read.texts()).containsExactlyElementsOf(ascending);
            assertThat(read.types()).containsExactly(ElementType.values());
            assertThat(read.numbers()).containsExactly(1L, 3L);
            assertThat(read.values().keySet()).containsExactlyElementsOf(ascending);
            assertThat(read.tensors().keySet()).containsExactlyElementsOf(ascending);
            assertThat(read.maps().entrySet())
                    .extracting(entry -> List.copyOf(entry.getValue().keySet()))
                    .contains(List.of("a", "b", "c"));
        }
    }

    private byte[] bytes(Record value) {
        var bytes = new ByteArrayOutputStream();
        try (var scope = sender.openScope("call")) {
            WireFormat.write(RecordCodec.encode(value, scope, bus.allocator()), Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void decode_damagedEntries_eachIsOneClearError() {
        try (var scope = sender.openScope("call")) {
            var random = new RandomRecords(4, scope);
            var value = new Everything(
                    random.list(Row.class, 3),
                    random.list(Integer.class, 2),
                    new Plain("one"),
                    random.list(Choice.class, 2),
                    new Tree("root", List.of(new Tree("leaf", List.of()))),
                    random.next(Ordered.class));
            var whole = RecordCodec.encode(value, scope, bus.allocator());
            var entries = whole.schema().getCustomMetadata();
            var fields = whole.schema().getFields();
            whole.close();
            assertThat(entries).containsKeys("choice.is", "rows#", "choices#", "tree.children#");
            for (var key : entries.keySet()) {
                var left = new TreeMap<>(entries);
                left.remove(key);
                assertDamaged(
                        value, scope, new Schema(fields, left), key.equals(RecordCodec.TYPE) ? "a batch of" : key);
                if (key.endsWith("#") || key.endsWith(".is")) {
                    for (var wrong : List.of("", "-1", "2147483647", "String", "9999999999")) {
                        left.put(key, wrong);
                        assertDamaged(value, scope, new Schema(fields, left), key.endsWith(".is") ? wrong : "");
                    }
                }
            }
            for (var field : fields) {
                var renamed = fields.stream()
                        .map(each -> each.getName().equals(field.getName())
                                ? new Field("other", each.getFieldType(), each.getChildren())
                                : each)
                        .toList();
                assertDamaged(value, scope, new Schema(renamed, entries), field.getName());
            }
        }
    }

    private void assertDamaged(Record value, TensorScope scope, Schema schema, String named) {
        var batch = RecordCodec.encode(value, scope, bus.allocator());
        var damaged = TensorBatch.of(schema, batch.claim());
        assertThatThrownBy(() -> RecordCodec.decode(value.getClass(), damaged, scope))
                .as("%s of %s", named, schema.getCustomMetadata())
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining(named)
                .satisfies(failure ->
                        assertThat(((AlignmentException) failure).code()).isEqualTo(StandardErrorCode.INTERNAL));
    }

    @Test
    void decode_mapWithAKeyTwice_isRefused() {
        assertThatThrownBy(() -> ValueCodecs.map("labels", List.of("a", "a"), List.of(1, 2)))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("labels has the key 'a' twice");
    }

    @Test
    void encode_manyFlatRecords_needsNoEntryForEach() {
        try (var scope = sender.openScope("call")) {
            var candidates = conversations(1000);
            var batch = RecordCodec.encode(candidates, scope, bus.allocator());
            assertThat(batch.schema().getCustomMetadata().size()).isLessThan(10);
            assertThat(RecordCodec.decode(Candidates.class, batch, scope).contexts())
                    .isEqualTo(candidates.contexts());
        }
    }

    private static Candidates conversations(int items) {
        var ids = IntStream.range(0, items).mapToObj(i -> "q" + i).toList();
        var asked = IntStream.range(0, items)
                .mapToObj(i -> Conversation.of(
                        Message.of("system", "be " + i),
                        Message.of("assistant", "").withCalls(List.of(new ToolCall("x" + i, "f", "{}"))),
                        Message.of("tool", "20").answering("x" + i)))
                .toList();
        return Candidates.ofConversations(ids, asked, List.of(), List.of(), new int[items + 1]);
    }

    @Test
    void codes_typesOfSpiAndEngineOnly() {
        assertThat(RecordCodec.codes(Encodings.class)).isTrue();
        assertThat(RecordCodec.codes(String.class)).isFalse();
    }
}
