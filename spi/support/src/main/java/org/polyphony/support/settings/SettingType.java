package org.polyphony.support.settings;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a setting may hold.
sealed interface SettingType {

    /// A text.
    record Text() implements SettingType {}

    /// A whole number of at most 32 or 64 bits.
    record Whole(boolean wide) implements SettingType {}

    /// A finite number.
    record Real() implements SettingType {}

    /// True or false.
    record Flag() implements SettingType {}

    /// A length of time.
    record Time() implements SettingType {}

    /// One of an enum's constants.
    record Choice(Class<?> type) implements SettingType {

        // of its fields: to ask for the constants would initialise the enum, which runs the plugin's code
        List<String> names() {
            return Arrays.stream(type.getDeclaredFields())
                    .filter(Field::isEnumConstant)
                    .map(constant -> inFiles(constant.getName()))
                    .toList();
        }

        static String nameOf(Enum<?> constant) {
            return inFiles(constant.name());
        }

        private static String inFiles(String name) {
            return name.toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Something that may be absent.
    record Maybe(SettingType of) implements SettingType {}

    /// A list.
    record Many(SettingType of) implements SettingType {}

    /// A map from names.
    record Table(SettingType of) implements SettingType {}

    /// A group of settings of its own.
    record Group(Class<? extends Record> type) implements SettingType {}

    /// Reads a component's type.
    ///
    /// @throws IllegalArgumentException if settings cannot be of this type
    static SettingType of(Type type) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain);
            case ParameterizedType generic
            when generic.getRawType() == Optional.class -> new Maybe(of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic
            when generic.getRawType() == List.class -> new Many(of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic
            when generic.getRawType() == Map.class && generic.getActualTypeArguments()[0] == String.class ->
                new Table(of(generic.getActualTypeArguments()[1]));
            default -> throw unsupported(type);
        };
    }

    private static SettingType ofClass(Class<?> type) {
        if (type == String.class) {
            return new Text();
        }
        if (type == int.class || type == Integer.class) {
            return new Whole(false);
        }
        if (type == long.class || type == Long.class) {
            return new Whole(true);
        }
        if (type == double.class || type == Double.class) {
            return new Real();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Flag();
        }
        if (type == Duration.class) {
            return new Time();
        }
        if (type.isEnum()) {
            return new Choice(type);
        }
        if (type.isRecord()) {
            return new Group(type.asSubclass(Record.class));
        }
        throw unsupported(type);
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException("a setting cannot be of type " + type.getTypeName()
                + "; use String, int, long, double, boolean, an enum, Duration, a record, or Optional, List or"
                + " Map<String, …> of these");
    }

    /// The type in words.
    default String inWords() {
        return switch (this) {
            case Text _ -> "text";
            case Whole _ -> "whole number";
            case Real _ -> "number";
            case Flag _ -> "true or false";
            case Time _ -> "duration";
            case Choice choice -> "one of " + String.join(", ", choice.names());
            case Maybe maybe -> maybe.of().inWords();
            case Many many -> "list of: " + many.of().inWords();
            case Table table -> "map from name to: " + table.of().inWords();
            case Group _ -> "group";
        };
    }
}
