package org.polyphony.support;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.polyphony.spi.plugin.Plugin;

/// What a class declares itself to be.
public final class Declarations {

    private Declarations() {}

    /// The plugins that a class is, in the order in which it says so.
    public static List<Plugin> of(Class<?> type) {
        return List.of(type.getAnnotationsByType(Plugin.class));
    }

    /// What a class declares for a role, as the plugin `id` where it is several; none if it has no such role.
    public static Optional<Plugin> of(Class<?> type, Class<?> role, String id) {
        var ofRole = Arrays.stream(type.getAnnotationsByType(Plugin.class))
                .filter(declared -> declared.role() == role)
                .toList();
        return ofRole.stream()
                .filter(declared -> declared.id().equals(id))
                .findFirst()
                .or(() -> ofRole.stream().findFirst());
    }
}
