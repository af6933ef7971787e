package org.polyphony.spi.testkit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.polyphony.spi.tensor.Tensor;

/// Walks SPI values (records of records, lists, sets, maps and optionals) down to their tensors.
public final class SpiValues {

    private SpiValues() {}

    /// The same value with every tensor replaced by what `change` makes of it.
    public static <T> T map(T value, UnaryOperator<Tensor> change) {
        @SuppressWarnings("unchecked") // every branch returns the type it was given
        var result = (T) mapAny(value, change);
        return result;
    }

    /// The same value with every tensor copied to the heap, so that it outlives the call it came from.
    public static <T> T copy(T value) {
        return map(value, SpiValues::toHeap);
    }

    /// Every tensor of a value, by its path, for example `buckets[0].p`.
    public static Map<String, Tensor> tensors(Object value) {
        var found = new LinkedHashMap<String, Tensor>();
        collect("", value, found);
        return found;
    }

    /// Where two values first differ, with tensors compared byte by byte; empty if nowhere.
    public static Optional<String> firstDifference(Object left, Object right) {
        return difference("", left, right);
    }

    private static Object mapAny(Object value, UnaryOperator<Tensor> change) {
        return switch (value) {
            case Tensor tensor -> change.apply(tensor);
            case List<?> list ->
                list.stream().map(element -> mapAny(element, change)).toList();
            case Map<?, ?> map -> {
                var changed = new LinkedHashMap<Object, Object>();
                map.forEach((key, element) -> changed.put(key, mapAny(element, change)));
                yield changed;
            }
            case Optional<?> optional -> optional.map(element -> mapAny(element, change));
            case Record record -> mapRecord(record, change);
            default -> value;
        };
    }

    private static Object mapRecord(Record record, UnaryOperator<Tensor> change) {
        var components = record.getClass().getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components)
                .map(component -> mapAny(read(record, component), change))
                .toArray();
        try {
            var constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "cannot rebuild " + record.getClass().getName(), e);
        }
    }

    private static void collect(String path, Object value, Map<String, Tensor> found) {
        switch (value) {
            case Tensor tensor -> found.put(path, tensor);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(path + "[" + i + "]", list.get(i), found);
                }
            }
            case Map<?, ?> map -> map.forEach((key, element) -> collect(path + "[" + key + "]", element, found));
            case Optional<?> optional -> optional.ifPresent(element -> collect(path, element, found));
            case Record record -> {
                for (var component : record.getClass().getRecordComponents()) {
                    collect(join(path, component), read(record, component), found);
                }
            }
            default -> {}
        }
    }

    private static Optional<String> difference(String path, Object left, Object right) {
        return switch (left) {
            case Tensor tensor
            when right instanceof Tensor other ->
                tensor.contentEquals(other) ? Optional.empty() : Optional.of(tensorDifference(path, tensor, other));
            case List<?> list
            when right instanceof List<?> other && list.size() == other.size() -> {
                var found = new ArrayList<String>();
                for (int i = 0; i < list.size() && found.isEmpty(); i++) {
                    difference(path + "[" + i + "]", list.get(i), other.get(i)).ifPresent(found::add);
                }
                yield found.stream().findFirst();
            }
            case Map<?, ?> map
            when right instanceof Map<?, ?> other && map.keySet().equals(other.keySet()) ->
                map.keySet().stream()
                        .flatMap(key -> difference(
                                path + "[" + key + "]",
                                Objects.requireNonNull(map.get(key)),
                                Objects.requireNonNull(other.get(key)))
                                .stream())
                        .findFirst();
            case Optional<?> optional
            when right instanceof Optional<?> other && optional.isPresent() && other.isPresent() ->
                difference(path, optional.get(), other.get());
            case Record record
            when right.getClass() == record.getClass() ->
                Arrays.stream(record.getClass().getRecordComponents())
                        .flatMap(
                                component -> difference(
                                        join(path, component), read(record, component), read((Record) right, component))
                                        .stream())
                        .findFirst();
            default -> left.equals(right) ? Optional.empty() : Optional.of(path + ": " + left + " and " + right);
        };
    }

    private static String tensorDifference(String path, Tensor left, Tensor right) {
        if (left.type() != right.type() || !left.shape().equals(right.shape())) {
            return path + ": " + left + " and " + right;
        }
        long at = left.data().mismatch(right.data()) / left.type().byteSize();
        return path + ": element " + at + " of " + left + " is " + element(left, at) + " and " + element(right, at);
    }

    private static String element(Tensor tensor, long at) {
        return switch (tensor.type()) {
            case FLOAT64 -> Double.toString(tensor.getDouble(at));
            case FLOAT32 -> Float.toString(tensor.data().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at));
            case INT64 -> Long.toString(tensor.getLong(at));
            case INT32 -> Integer.toString(tensor.getInt(at));
            case UINT8 -> Byte.toString(tensor.getByte(at));
        };
    }

    private static Tensor toHeap(Tensor tensor) {
        var data = tensor.data();
        var copy = switch (tensor.type()) {
            case FLOAT64 -> MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED));
            case FLOAT32 -> MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
            case INT64 -> MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_LONG_UNALIGNED));
            case INT32 -> MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_INT_UNALIGNED));
            case UINT8 -> MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_BYTE));
        };
        return Tensor.of(tensor.type(), tensor.shape(), copy);
    }

    private static String join(String path, RecordComponent component) {
        return path.isEmpty() ? component.getName() : path + "." + component.getName();
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return Objects.requireNonNull(accessor.invoke(record), component::toString);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
