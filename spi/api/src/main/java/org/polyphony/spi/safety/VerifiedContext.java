package org.polyphony.spi.safety;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.plugin.Plugin;

/// What is verified about a request: taken from a signed token or a study's declaration, never from the
/// text.
///
/// @param claims claim → value, for example `role` → `counsellor`, `culture` → `ke`, `jurisdiction` → `de`
public record VerifiedContext(Map<String, String> claims) {

    public VerifiedContext {
        claims = java.util.Collections.unmodifiableMap(new TreeMap<>(claims));
    }

    /// What somebody may know of it: these claims only, or all where [org.polyphony.spi.plugin.Plugin#ALL] is one of
    /// them.
    public VerifiedContext shown(Collection<String> names) {
        if (names.contains(Plugin.ALL)) {
            return this;
        }
        var shown = new TreeMap<>(claims);
        shown.keySet().retainAll(names);
        return new VerifiedContext(shown);
    }

    /// A context about which this is verified.
    public static VerifiedContext of(Map<String, String> claims) {
        return new VerifiedContext(claims);
    }

    /// A context about which nothing is verified.
    public static VerifiedContext none() {
        return new VerifiedContext(Map.of());
    }
}
