package org.polyphony.support.settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Setting;

/// One component of a settings record.
///
/// @param name as written in files
/// @param type what it may hold
/// @param setting what the plugin declares about it
record SettingComponent(String name, SettingType type, Setting setting) {

    /// The components of a record, in their order. Computed anew each time: nothing here may outlive a plugin.
    ///
    /// @throws AlignmentException with code `PLUGIN_FAILED` if the record cannot hold settings
    static List<SettingComponent> of(Class<? extends Record> record) {
        var components = new ArrayList<SettingComponent>();
        for (var component : record.getRecordComponents()) {
            components.add(of(record, component));
        }
        return components;
    }

    private static SettingComponent of(Class<? extends Record> record, RecordComponent component) {
        var setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "component " + component.getName() + " of the settings record " + record.getName()
                            + " is not annotated; add @Setting with a description");
        }
        try {
            return new SettingComponent(
                    kebab(component.getName()), SettingType.of(component.getGenericType()), setting);
        } catch (IllegalArgumentException e) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_FAILED,
                    "component " + component.getName() + " of the settings record " + record.getName() + ": "
                            + e.getMessage(),
                    e);
        }
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
