package org.polyphony.support.settings;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Setting;

/// One component of a settings record.
///
/// @param name as written in files
/// @param type what it may hold
/// @param setting what the plugin declares about it
record SettingComponent(String name, SettingType type, Setting setting) {

    /// The settings of a record in their order, those of its groups among them. Computed anew each time: nothing here
    /// may outlive a plugin.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if the record cannot hold settings
    static List<SettingComponent> of(Class<? extends Record> record) {
        var components = new LinkedHashMap<String, SettingComponent>();
        collect(record, Set.of(), components);
        return List.copyOf(components.values());
    }

    private static void collect(
            Class<? extends Record> record, Set<Class<?>> within, Map<String, SettingComponent> components) {
        for (var component : record.getRecordComponents()) {
            if (isGroup(component)) {
                var inner = new HashSet<>(within);
                if (!inner.add(record)) {
                    throw unusable(record, component, "the record is a part of itself", null);
                }
                collect(component.getType().asSubclass(Record.class), inner, components);
            } else {
                var setting = of(record, component);
                if (components.put(setting.name(), setting) != null) {
                    throw unusable(record, component, "there is another setting '" + setting.name() + "'", null);
                }
            }
        }
    }

    /// Whether a component groups settings that stand beside the others: a record without a description of its own.
    static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord() && !component.isAnnotationPresent(Setting.class);
    }

    private static SettingComponent of(Class<? extends Record> record, RecordComponent component) {
        var setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw unusable(record, component, "it is not annotated; add @Setting with a description", null);
        }
        try {
            return new SettingComponent(
                    kebab(component.getName()), SettingType.of(component.getGenericType()), setting);
        } catch (IllegalArgumentException e) {
            throw unusable(record, component, String.valueOf(e.getMessage()), e);
        }
    }

    private static AlignmentException unusable(
            Class<? extends Record> record, RecordComponent component, String why, @Nullable Exception cause) {
        return new AlignmentException(
                StandardErrorCode.PLUGIN_FAILED,
                "component " + component.getName() + " of the settings record " + record.getName() + ": " + why,
                cause);
    }

    /// Whether nothing stands for it when it is absent.
    boolean required() {
        return switch (type) {
            case SettingType.Maybe _, SettingType.Many _, SettingType.Table _ -> false;
            case SettingType.Group group -> of(group.type()).stream().anyMatch(SettingComponent::required);
            default -> setting.defaultValue().isEmpty();
        };
    }

    SettingDescription describe() {
        return new SettingDescription(
                name, type.inWords(), setting.description(), setting.defaultValue(), required(), nested(type));
    }

    private static List<SettingDescription> nested(SettingType type) {
        return switch (type) {
            case SettingType.Group group ->
                of(group.type()).stream().map(SettingComponent::describe).toList();
            case SettingType.Maybe(var of) -> nested(of);
            case SettingType.Many(var of) -> nested(of);
            case SettingType.Table(var of) -> nested(of);
            default -> List.of();
        };
    }

    static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
