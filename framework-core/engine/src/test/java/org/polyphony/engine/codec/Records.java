package org.polyphony.engine.codec;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.polyphony.spi.tensor.Tensor;

/// Walks through records of the SPI.
public final class Records {

    private Records() {}

    /// The tensors of a value in component order.
    public static List<Tensor> tensors(Object value) {
        var found = new ArrayList<Tensor>();
        collect(value, found);
        return found;
    }

    /// Every component as text, tensors by their bytes; equal texts mean equal values.
    public static String describe(Object value) {
        return switch (value) {
            case Tensor tensor ->
                tensor + HexFormat.of().formatHex(tensor.data().toArray(ValueLayout.JAVA_BYTE));
            case Record record ->
                record.getClass().getName()
                        + parts(record).stream().map(Records::describe).toList();
            case List<?> list -> list.stream().map(Records::describe).toList().toString();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> e.getKey() + "=" + describe(e.getValue()))
                        .toList()
                        .toString();
            case Set<?> set -> new TreeSet<>(set).toString();
            case Optional<?> optional -> "?" + optional.map(Records::describe).orElse("absent");
            default -> value.toString();
        };
    }

    private static void collect(Object value, List<Tensor> found) {
        switch (value) {
            case Tensor tensor -> found.add(tensor);
            case Record record -> parts(record).forEach(part -> collect(part, found));
            case List<?> list -> list.forEach(part -> collect(part, found));
            case Map<?, ?> map -> map.values().forEach(part -> collect(part, found));
            case Optional<?> optional -> optional.ifPresent(part -> collect(part, found));
            default -> {}
        }
    }

    private static List<Object> parts(Record record) {
        var parts = new ArrayList<>();
        for (var component : record.getClass().getRecordComponents()) {
            try {
                parts.add(component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return parts;
    }
}
