package org.polyphony.support.settings;

import java.util.List;

/// One setting, as `algo describe` and the generated reference show it. Plain text only: it outlives the
/// plugin it came from.
///
/// @param name as written in files, for example `max-steps`
/// @param type in words, for example `whole number` or `one of exact, prm-plus`
/// @param description what it does, with its unit
/// @param defaultText the text of the default; empty if there is none
/// @param required whether it must be given
/// @param nested settings below this one, where it is a group of them
public record SettingDescription(
        String name,
        String type,
        String description,
        String defaultText,
        boolean required,
        List<SettingDescription> nested) {

    public SettingDescription {
        nested = List.copyOf(nested);
    }
}
