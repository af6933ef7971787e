package org.polyphony.engine.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.tensor.ElementType;
import org.polyphony.spi.tensor.Tensor;

/// Finds the column codec of a component's declared type: texts become one `list<utf8>`, numbers, flags and
/// enums one tensor, an optional a presence tensor at `path?` and the values that are there, a list the
/// offsets of its elements at `path#` and their columns, a set the list of its elements in ascending order,
/// a map the lists of its keys and values in the order of the keys, a record the columns of its components,
/// one of several records their names at `path.is` and the columns of each. What is optional and holds
/// tensors stands by itself at `path.0`, `path.1` and so on.
final class ColumnCodecs {

    private static final ColumnCodec KEYS = new Lists(new Texts());

    private ColumnCodecs() {}

    /// The codec, or null if the type is not flat: it holds a tensor or itself.
    static @Nullable ColumnCodec of(Type type) {
        return of(type, Set.of());
    }

    private static @Nullable ColumnCodec of(Type type, Set<Class<?>> within) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, within);
        }
        if (!(type instanceof Class<?> plain)) {
            return null;
        } else if (plain == String.class) {
            return new Texts();
        } else if (plain.isRecord() && RecordCodec.codes(plain) && !within.contains(plain)) {
            return records(plain, within);
        } else if (plain.isInterface() && plain.isSealed()) {
            return choice(plain, within);
        }
        return numbers(plain);
    }

    private static @Nullable ColumnCodec ofGeneric(ParameterizedType generic, Set<Class<?>> within) {
        var parameters = generic.getActualTypeArguments();
        var raw = generic.getRawType();
        var inner = of(parameters[parameters.length - 1], within);
        if (inner == null) {
            return raw == Optional.class && parameters[0] instanceof Class<?> plain && plain.isRecord()
                    ? new Optionals(new Singly(ValueCodecs.of(plain)))
                    : null;
        } else if (raw == List.class) {
            return new Lists(inner);
        } else if (raw == Set.class && Comparable.class.isAssignableFrom((Class<?>) parameters[0])) {
            return new As(new Lists(inner), set -> new ArrayList<>(new TreeSet<>((Set<?>) set)), ColumnCodecs::set);
        } else if (raw == Map.class && parameters[0] == String.class) {
            return new Maps(inner);
        }
        return raw == Optional.class ? new Optionals(inner) : null;
    }

    private static Object set(Object elements) {
        return Collections.unmodifiableSortedSet(new TreeSet<>((List<?>) elements));
    }

    private static @Nullable ColumnCodec records(Class<?> type, Set<Class<?>> within) {
        var deeper = new HashSet<>(within);
        deeper.add(type);
        var columns = new ArrayList<ColumnCodec>();
        for (var part : type.getRecordComponents()) {
            var column = of(part.getGenericType(), deeper);
            if (column == null) {
                return null;
            }
            columns.add(column);
        }
        return columns.isEmpty() ? null : new Records(type, List.copyOf(columns));
    }

    private static @Nullable ColumnCodec choice(Class<?> choice, Set<Class<?>> within) {
        var permitted = new TreeMap<String, ColumnCodec>();
        for (var type : choice.getPermittedSubclasses()) {
            var columns = of(type, within);
            if (columns == null) {
                return null;
            }
            permitted.put(type.getSimpleName(), columns);
        }
        return new OneOf(choice.getSimpleName(), Collections.unmodifiableMap(permitted));
    }

    private static @Nullable ColumnCodec numbers(Class<?> plain) {
        if (plain == int.class || plain == Integer.class) {
            return new Numbers(
                    ElementType.INT32,
                    values -> Tensor.ofInts(
                            values.stream().mapToInt(value -> (Integer) value).toArray(), values.size()),
                    Tensor::getInt);
        } else if (plain == long.class || plain == Long.class) {
            return new Numbers(
                    ElementType.INT64,
                    values -> Tensor.ofLongs(
                            values.stream().mapToLong(value -> (Long) value).toArray(), values.size()),
                    Tensor::getLong);
        } else if (plain == double.class || plain == Double.class) {
            return new Numbers(
                    ElementType.FLOAT64,
                    values -> Tensor.ofDoubles(
                            values.stream().mapToDouble(value -> (Double) value).toArray(), values.size()),
                    Tensor::getDouble);
        } else if (plain == boolean.class || plain == Boolean.class) {
            return new Numbers(ElementType.UINT8, ColumnCodecs::flags, (column, i) -> column.getByte(i) == 1);
        }
        return plain.isEnum() ? new Choices(plain) : optionalNumbers(plain);
    }

    private static @Nullable ColumnCodec optionalNumbers(Class<?> plain) {
        if (plain == OptionalInt.class) {
            return new As(
                    new Optionals(Objects.requireNonNull(numbers(int.class))),
                    o -> ((OptionalInt) o).stream().boxed().findFirst(),
                    o -> ((Optional<?>) o).map(v -> OptionalInt.of((Integer) v)).orElse(OptionalInt.empty()));
        } else if (plain == OptionalLong.class) {
            return new As(
                    new Optionals(Objects.requireNonNull(numbers(long.class))),
                    o -> ((OptionalLong) o).stream().boxed().findFirst(),
                    o -> ((Optional<?>) o).map(v -> OptionalLong.of((Long) v)).orElse(OptionalLong.empty()));
        } else if (plain == OptionalDouble.class) {
            return new As(
                    new Optionals(Objects.requireNonNull(numbers(double.class))),
                    o -> ((OptionalDouble) o).stream().boxed().findFirst(),
                    o -> ((Optional<?>) o)
                            .map(v -> OptionalDouble.of((Double) v))
                            .orElse(OptionalDouble.empty()));
        }
        return null;
    }

    private static Tensor flags(List<?> values) {
        var flags = new byte[values.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = (byte) ((Boolean) values.get(i) ? 1 : 0);
        }
        return Tensor.ofBytes(flags, flags.length);
    }

    private record Texts() implements ColumnCodec {

        @Override
        @SuppressWarnings("unchecked") // found by the declared type String
        public void write(String path, List<?> values, BatchWriter out) {
            out.texts(path, (List<String>) values);
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            return List.copyOf(sized(path, in.texts(path), count));
        }
    }

    private interface Getter {
        Object get(Tensor column, long at);
    }

    private record Numbers(ElementType type, Function<List<?>, Tensor> pack, Getter getter) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            out.tensor(path, pack.apply(values));
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            var column = column(path, type, count, in);
            return list(count, i -> getter.get(column, i));
        }
    }

    /// Constants by their index into the names that stand beside the column, so that one more constant in one
    /// of the two does not change what the others mean.
    private record Choices(Class<?> choice) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            var places = new HashMap<String, Integer>();
            var names = new ArrayList<String>();
            var indices = new int[values.size()];
            for (int i = 0; i < indices.length; i++) {
                String name = ((Enum<?>) values.get(i)).name();
                Integer place = places.putIfAbsent(name, names.size());
                if (place == null) {
                    names.add(name);
                }
                indices[i] = place == null ? names.size() - 1 : place;
            }
            out.texts(path + ".names", names);
            out.tensor(path, Tensor.ofInts(indices, indices.length));
        }

        private Object constant(String path, String name) {
            try {
                return ValueCodecs.constant(choice, name);
            } catch (IllegalArgumentException e) {
                throw internal("column " + path + ": " + e.getMessage());
            }
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            var names = in.texts(path + ".names");
            var constants = names.stream().map(name -> constant(path, name)).toList();
            var column = column(path, ElementType.INT32, count, in);
            return list(count, i -> {
                int place = column.getInt(i);
                if (place < 0 || place >= constants.size()) {
                    throw internal("column " + path + " has the index " + place + " into " + names);
                }
                return constants.get(place);
            });
        }
    }

    private record Optionals(ColumnCodec inner) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            var present = new byte[values.size()];
            var there = new ArrayList<>();
            for (int i = 0; i < present.length; i++) {
                var value = (Optional<?>) values.get(i);
                present[i] = (byte) (value.isPresent() ? 1 : 0);
                value.ifPresent(there::add);
            }
            out.tensor(path + "?", Tensor.ofBytes(present, present.length));
            inner.write(path, there, out);
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            var present = column(path + "?", ElementType.UINT8, count, in);
            int there = 0;
            for (int i = 0; i < count; i++) {
                there += present.getByte(i) == 1 ? 1 : 0;
            }
            var values = inner.read(path, there, in).iterator();
            return list(count, i -> present.getByte(i) == 1 ? Optional.of(values.next()) : Optional.empty());
        }
    }

    private record Lists(ColumnCodec element) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            var offsets = new int[values.size() + 1];
            var all = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                all.addAll((List<?>) values.get(i));
                offsets[i + 1] = all.size();
            }
            out.tensor(path + "#", Tensor.ofInts(offsets, offsets.length));
            element.write(path, all, out);
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            var offsets = column(path + "#", ElementType.INT32, count + 1, in);
            for (int i = 0; i < count; i++) {
                if (offsets.getInt(0) != 0 || offsets.getInt(i + 1L) < offsets.getInt(i)) {
                    throw internal("the offsets " + path + "# do not ascend from 0 at " + i);
                }
            }
            var all = element.read(path, offsets.getInt(count), in);
            return list(count, i -> List.copyOf(all.subList(offsets.getInt(i), offsets.getInt(i + 1L))));
        }
    }

    private record Maps(ColumnCodec element) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            var maps = values.stream().map(ValueCodecs::sorted).toList();
            KEYS.write(
                    path + ".key",
                    maps.stream().map(map -> List.copyOf(map.keySet())).toList(),
                    out);
            element.write(
                    path + ".value",
                    maps.stream().flatMap(map -> map.values().stream()).toList(),
                    out);
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            var keys = KEYS.read(path + ".key", count, in);
            int all = keys.stream().mapToInt(each -> ((List<?>) each).size()).sum();
            var values = element.read(path + ".value", all, in).iterator();
            return list(count, i -> {
                @SuppressWarnings("unchecked") // read as texts
                var names = (List<String>) keys.get(i);
                return ValueCodecs.map(
                        path, names, names.stream().map(_ -> values.next()).toList());
            });
        }
    }

    /// Values that are written as others.
    private record As(ColumnCodec column, UnaryOperator<Object> there, UnaryOperator<Object> back)
            implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            column.write(path, values.stream().map(value -> there.apply(value)).toList(), out);
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            return column.read(path, count, in).stream().map(back).toList();
        }
    }

    private record Records(Class<?> type, List<ColumnCodec> columns) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            var layout = RecordLayout.of(type);
            for (int c = 0; c < columns.size(); c++) {
                int component = c;
                var parts = values.stream()
                        .map(value -> layout.part(component, value, path))
                        .toList();
                columns.get(c).write(layout.path(path, c), parts, out);
            }
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            var layout = RecordLayout.of(type);
            var parts = new ArrayList<List<Object>>();
            for (int c = 0; c < columns.size(); c++) {
                parts.add(columns.get(c).read(layout.path(path, c), count, in));
            }
            return list(
                    count,
                    i -> layout.build(
                            path, parts.stream().map(column -> column.get(i)).toArray()));
        }
    }

    /// Records of the permitted classes, by their simple names.
    private record OneOf(String choice, Map<String, ColumnCodec> permitted) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            out.texts(path + ".is", values.stream().map(OneOf::name).toList());
            permitted.forEach((name, columns) -> columns.write(
                    path + "." + name,
                    values.stream().filter(value -> name(value).equals(name)).toList(),
                    out));
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            var names = sized(path, in.texts(path + ".is"), count);
            var values = new HashMap<String, Iterator<Object>>();
            permitted.forEach((name, columns) -> values.put(
                    name,
                    columns.read(path + "." + name, Collections.frequency(names, name), in)
                            .iterator()));
            return list(count, i -> {
                var of = values.get(names.get(i));
                if (of == null) {
                    throw internal("no " + choice + " is called " + names.get(i) + "; nothing else may stand for one");
                }
                return of.next();
            });
        }

        private static String name(Object value) {
            return value.getClass().getSimpleName();
        }
    }

    /// Values that are no columns, each by itself: there are few of them.
    private record Singly(ValueCodec value) implements ColumnCodec {

        @Override
        public void write(String path, List<?> values, BatchWriter out) {
            for (int i = 0; i < values.size(); i++) {
                value.write(path + "." + i, values.get(i), out);
            }
        }

        @Override
        public List<Object> read(String path, int count, BatchReader in) {
            return list(count, i -> value.read(path + "." + i, in));
        }
    }

    /// The codec of a list of flat values, whose number stands at `path#`.
    record Columns(ColumnCodec element) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            var list = (List<?>) value;
            out.scalar(path + "#", String.valueOf(list.size()));
            element.write(path, list, out);
        }

        @Override
        public Object read(String path, BatchReader in) {
            return element.read(path, in.count(path + "#"), in);
        }
    }

    /// The codec of a map of flat values.
    record MapColumns(ColumnCodec element) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            var map = ValueCodecs.sorted(value);
            out.texts(path + ".key", List.copyOf(map.keySet()));
            element.write(path + ".value", List.copyOf(map.values()), out);
        }

        @Override
        public Object read(String path, BatchReader in) {
            var keys = in.texts(path + ".key");
            return ValueCodecs.map(path, keys, element.read(path + ".value", keys.size(), in));
        }
    }

    private static Tensor column(String path, ElementType type, int count, BatchReader in) {
        var column = in.tensor(path);
        if (column.type() != type || column.size() != count) {
            throw internal("column " + path + " must hold " + count + " of " + type + ", got " + column);
        }
        return column;
    }

    private static <T> List<T> sized(String path, List<T> values, int count) {
        if (values.size() != count) {
            throw internal("column " + path + " must hold " + count + " texts, got " + values.size());
        }
        return values;
    }

    private static List<Object> list(int count, IntFunction<Object> at) {
        var values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = at.apply(i);
        }
        return List.copyOf(Arrays.asList(values));
    }

    private static AlignmentException internal(String message) {
        return BatchReader.internal(message);
    }
}
