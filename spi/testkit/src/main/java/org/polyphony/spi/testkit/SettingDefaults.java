package org.polyphony.spi.testkit;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// Builds settings records from the defaults that their [Setting] annotations declare.
public final class SettingDefaults {

    private SettingDefaults() {}

    /// The record of `type` with every setting at its default.
    ///
    /// @throws IllegalArgumentException if a setting is required, or its default is not of its type
    public static <R extends Record> R of(Class<R> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components).map(SettingDefaults::value).toArray();
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("the defaults of " + type.getName() + " are not accepted by it", e);
        }
    }

    private static Object value(RecordComponent component) {
        var type = component.getType();
        var setting = component.getAnnotation(Setting.class);
        String text = setting == null ? "" : setting.defaultValue();
        if (type.isRecord() && text.isEmpty()) {
            return of(type.asSubclass(Record.class));
        }
        if (text.isEmpty()) {
            return empty(component);
        }
        if (type == List.class) {
            var element = argument(component, 0);
            return Arrays.stream(text.split(",", -1))
                    .map(part -> parse(part.strip(), element))
                    .toList();
        }
        return type == Optional.class ? Optional.of(parse(text, argument(component, 0))) : parse(text, type);
    }

    private static Object empty(RecordComponent component) {
        var type = component.getType();
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        throw new IllegalArgumentException("setting " + component.getName() + " of "
                + component.getDeclaringRecord().getName()
                + " has no default; give the test context a settings record");
    }

    private static Class<?> argument(RecordComponent component, int index) {
        var generic = (java.lang.reflect.ParameterizedType) component.getGenericType();
        return (Class<?>) generic.getActualTypeArguments()[index];
    }

    private static Object parse(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == Duration.class) {
            return Duration.parse(text);
        }
        if (type.isEnum()) {
            return constant(text, type);
        }
        throw new IllegalArgumentException("a setting cannot be of type " + type.getName());
    }

    private static Object constant(String text, Class<?> type) {
        for (var constant : type.getEnumConstants()) {
            if (spelled(((Enum<?>) constant).name()).equals(spelled(text))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "unknown value " + text + ", expected one of " + Arrays.toString(type.getEnumConstants()));
    }

    // files write WORST_CASE as worst-case
    private static String spelled(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
