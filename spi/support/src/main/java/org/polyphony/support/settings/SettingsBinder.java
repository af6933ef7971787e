package org.polyphony.support.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Turns what a person wrote into a plugin's settings record.
///
/// A pure function of the record's class and the tree: it keeps nothing, so that it pins no class loader. Trees
/// are what YAML and JSON readers give: maps from text, lists, texts, numbers, booleans and null.
public final class SettingsBinder {

    private SettingsBinder() {}

    /// Binds a tree. Absent keys take their defaults.
    ///
    /// @param path where the tree stands in its file, for issues; for example `algorithm.settings`
    /// @throws AlignmentException with code `PLUGIN_FAILED` if the record cannot hold settings
    public static <T extends Record> BoundSettings<T> bind(Class<T> type, Map<String, ?> tree, String path) {
        var problems = new ArrayList<Issue>();
        var value = new SettingValues(problems).group(type, tree, path);
        return new BoundSettings<>(
                problems.isEmpty() ? Optional.ofNullable(type.cast(value)) : Optional.empty(), problems);
    }

    /// What can be set.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if the record cannot hold settings
    public static List<SettingDescription> describe(Class<? extends Record> type) {
        return SettingComponent.of(type).stream()
                .map(SettingComponent::describe)
                .toList();
    }

    /// The settings of a record as plain values by their names in files: texts, numbers, booleans, lists and
    /// maps. An absent `Optional` is left out. Nothing of the plugin is in it.
    public static Map<String, Object> inEffect(Record settings) {
        var tree = new LinkedHashMap<String, Object>();
        for (var component : settings.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                var held = accessor.invoke(settings);
                if (held instanceof Record group && SettingComponent.isGroup(component)) {
                    tree.putAll(inEffect(group));
                    continue;
                }
                var value = plain(held);
                if (value != null) {
                    tree.put(SettingComponent.kebab(component.getName()), value);
                }
            } catch (ReflectiveOperationException e) {
                throw new AlignmentException(
                        StandardErrorCode.PLUGIN_FAILED,
                        "the settings record " + settings.getClass().getName() + " cannot be read: " + e,
                        e);
            }
        }
        return tree;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Record group -> inEffect(group);
            case Enum<?> constant -> SettingType.Choice.nameOf(constant);
            case Duration time -> time.toString();
            case Optional<?> maybe -> plain(maybe.orElse(null));
            case List<?> list -> list.stream().map(SettingsBinder::plain).toList();
            case Map<?, ?> map -> {
                var plain = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
                yield plain;
            }
            default -> value;
        };
    }

    /// Calls the canonical constructor; what it rejects becomes an issue.
    static @Nullable Record construct(
            Class<? extends Record> type, List<@Nullable Object> values, String path, List<Issue> problems) {
        try {
            var parameters = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException rejected) {
                problems.add(invalid(String.valueOf(rejected.getMessage()), path));
                return null;
            }
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "the settings record " + type.getName() + " failed on " + values + ": " + e.getCause()
                            + "; it should throw IllegalArgumentException with the value it rejects",
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "cannot construct the settings record " + type.getName() + ": " + e,
                    e);
        }
    }

    static Issue invalid(String message, String path) {
        return Issue.error(StandardErrorCode.SETTING_INVALID.name(), message, path);
    }
}
