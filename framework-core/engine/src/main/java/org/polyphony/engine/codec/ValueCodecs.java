package org.polyphony.engine.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.polyphony.spi.tensor.Tensor;

/// Finds the codec of a component's declared type.
final class ValueCodecs {

    private ValueCodecs() {}

    static ValueCodec of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type);
        }
        if (plain == Tensor.class) {
            return new TensorColumn();
        } else if (plain == OptionalDouble.class) {
            return new OptionalValue(
                    scalar(Double::valueOf),
                    true,
                    o -> ((OptionalDouble) o).isPresent()
                            ? Optional.of(((OptionalDouble) o).getAsDouble())
                            : Optional.empty(),
                    v -> v.map(d -> OptionalDouble.of((Double) d)).orElse(OptionalDouble.empty()));
        } else if (plain == OptionalLong.class) {
            return new OptionalValue(
                    scalar(Long::valueOf),
                    true,
                    o -> ((OptionalLong) o).isPresent()
                            ? Optional.of(((OptionalLong) o).getAsLong())
                            : Optional.empty(),
                    v -> v.map(d -> OptionalLong.of((Long) d)).orElse(OptionalLong.empty()));
        } else if (plain == OptionalInt.class) {
            return new OptionalValue(
                    scalar(Integer::valueOf),
                    true,
                    o -> ((OptionalInt) o).isPresent() ? Optional.of(((OptionalInt) o).getAsInt()) : Optional.empty(),
                    v -> v.map(d -> OptionalInt.of((Integer) d)).orElse(OptionalInt.empty()));
        } else if (plain.isRecord()) {
            return new LazyRecord(plain);
        } else if (plain.isInterface() && plain.isSealed()) {
            return new OneOf(plain);
        }
        return ofScalar(plain);
    }

    private static ValueCodec ofGeneric(ParameterizedType generic) {
        var parameters = generic.getActualTypeArguments();
        if (generic.getRawType() == Optional.class) {
            var inner = of(parameters[0]);
            return new OptionalValue(
                    inner, inner instanceof Scalar || inner instanceof TensorColumn, o -> (Optional<?>) o, v -> v);
        } else if (generic.getRawType() == List.class) {
            return ofList(parameters[0]);
        } else if (generic.getRawType() == Map.class && parameters[0] == String.class) {
            return ofMap(parameters[1]);
        } else if (generic.getRawType() == Set.class) {
            return ofSet(parameters[0]);
        }
        throw unsupported(generic);
    }

    private static ValueCodec ofList(Type element) {
        if (element == String.class) {
            return new TextColumn();
        }
        var columns = ColumnCodecs.of(element);
        return columns == null ? new IndexedList(of(element)) : new ColumnCodecs.Columns(columns);
    }

    // elements have one order everywhere, whatever set they came in
    private static ValueCodec ofSet(Type element) {
        if (!(element instanceof Class<?> plain) || !Comparable.class.isAssignableFrom(plain) || plain.isRecord()) {
            throw unsupported(element);
        }
        return new SortedElements(ofList(element));
    }

    private static ValueCodec ofMap(Type value) {
        var columns = ColumnCodecs.of(value);
        return columns == null ? new IndexedMap(of(value)) : new ColumnCodecs.MapColumns(columns);
    }

    /// The keys and values of a map, in the order of the keys.
    @SuppressWarnings("unchecked") // found by the declared type Map<String, …>
    static SortedMap<String, ?> sorted(Object map) {
        return new TreeMap<>((Map<String, ?>) map);
    }

    /// A map that nobody changes.
    static Map<String, Object> map(String path, List<String> keys, List<?> values) {
        var map = new TreeMap<String, Object>();
        for (int i = 0; i < keys.size(); i++) {
            if (map.put(keys.get(i), values.get(i)) != null) {
                throw BatchReader.internal("the map " + path + " has the key '" + keys.get(i) + "' twice");
            }
        }
        return Collections.unmodifiableSortedMap(map);
    }

    private static ValueCodec ofScalar(Class<?> plain) {
        if (plain == String.class) {
            return scalar(text -> text);
        } else if (plain == int.class || plain == Integer.class) {
            return scalar(Integer::valueOf);
        } else if (plain == long.class || plain == Long.class) {
            return scalar(Long::valueOf);
        } else if (plain == double.class || plain == Double.class) {
            return scalar(Double::valueOf);
        } else if (plain == boolean.class || plain == Boolean.class) {
            return scalar(Boolean::valueOf);
        } else if (plain.isEnum()) {
            return scalar(name -> constant(plain, name));
        }
        throw unsupported(plain);
    }

    static Object constant(Class<?> choice, String name) {
        for (var constant : choice.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no " + choice.getSimpleName() + " is called " + name);
    }

    private static Scalar scalar(Function<String, Object> parse) {
        return new Scalar(parse);
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException(
                "no codec for " + type.getTypeName()
                        + "; use Tensor, a scalar, Optional, a record, a sealed interface of records, List, Set of scalars or Map<String, …> of these");
    }

    private record Scalar(Function<String, Object> parse) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            out.scalar(path, value instanceof Enum<?> constant ? constant.name() : value.toString());
        }

        @Override
        public Object read(String path, BatchReader in) {
            var text = in.require(path);
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw BatchReader.internal("the scalar " + path + " cannot be '" + text + "': " + e.getMessage());
            }
        }
    }

    private record TensorColumn() implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            out.tensor(path, (Tensor) value);
        }

        @Override
        public Object read(String path, BatchReader in) {
            return in.tensor(path);
        }
    }

    private record TextColumn() implements ValueCodec {

        @Override
        @SuppressWarnings("unchecked") // found by the declared type List<String>
        public void write(String path, Object value, BatchWriter out) {
            out.texts(path, (List<String>) value);
        }

        @Override
        public Object read(String path, BatchReader in) {
            return in.texts(path);
        }
    }

    // a record may contain itself through a list; its layout is asked for when it is needed
    private record LazyRecord(Class<?> type) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            RecordLayout.of(type).write(path, value, out);
        }

        @Override
        public Object read(String path, BatchReader in) {
            return RecordLayout.of(type).read(path, in);
        }
    }

    /// A record of one of the permitted classes, which `path.is` names.
    private record OneOf(Class<?> choice) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            out.scalar(path + ".is", permitted(value.getClass().getSimpleName()).getSimpleName());
            RecordLayout.of(value.getClass()).write(path, value, out);
        }

        @Override
        public Object read(String path, BatchReader in) {
            return RecordLayout.of(permitted(in.require(path + ".is"))).read(path, in);
        }

        private Class<?> permitted(String name) {
            for (var type : choice.getPermittedSubclasses()) {
                if (type.getSimpleName().equals(name)) {
                    return type;
                }
            }
            throw BatchReader.internal(
                    "no " + choice.getSimpleName() + " is called " + name + "; nothing else may stand for one");
        }
    }

    /// @param plain whether presence of the path alone says that there is a value; otherwise a mark does
    private record OptionalValue(
            ValueCodec inner,
            boolean plain,
            Function<Object, Optional<?>> unwrap,
            Function<Optional<Object>, Object> wrap)
            implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            unwrap.apply(value).ifPresent(present -> {
                if (!plain) {
                    out.scalar(path + "?", "present");
                }
                inner.write(path, present, out);
            });
        }

        @Override
        public Object read(String path, BatchReader in) {
            boolean present = in.has(plain ? path : path + "?");
            return wrap.apply(present ? Optional.of(inner.read(path, in)) : Optional.empty());
        }
    }

    private record IndexedList(ValueCodec element) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            var list = (List<?>) value;
            out.scalar(path + "#", String.valueOf(list.size()));
            for (int i = 0; i < list.size(); i++) {
                element.write(path + "." + i, list.get(i), out);
            }
        }

        @Override
        public Object read(String path, BatchReader in) {
            int size = in.count(path + "#");
            var list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(element.read(path + "." + i, in));
            }
            return List.copyOf(list);
        }
    }

    /// A set as the list of its elements in ascending order.
    private record SortedElements(ValueCodec list) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            list.write(path, new ArrayList<>(new TreeSet<>((Set<?>) value)), out);
        }

        @Override
        public Object read(String path, BatchReader in) {
            var elements = (List<?>) list.read(path, in);
            var set = new TreeSet<Object>(elements);
            if (set.size() != elements.size()) {
                throw BatchReader.internal("the set " + path + " has an element twice: " + elements);
            }
            return Collections.unmodifiableSortedSet(set);
        }
    }

    private record IndexedMap(ValueCodec element) implements ValueCodec {

        @Override
        public void write(String path, Object value, BatchWriter out) {
            var map = sorted(value);
            out.scalar(path + "#", String.valueOf(map.size()));
            int i = 0;
            for (var entry : map.entrySet()) {
                out.scalar(path + "." + i + ".key", entry.getKey());
                element.write(path + "." + i + ".value", entry.getValue(), out);
                i++;
            }
        }

        @Override
        public Object read(String path, BatchReader in) {
            int size = in.count(path + "#");
            var keys = new ArrayList<String>();
            var values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                keys.add(in.require(path + "." + i + ".key"));
                values.add(element.read(path + "." + i + ".value", in));
            }
            return map(path, keys, values);
        }
    }
}
