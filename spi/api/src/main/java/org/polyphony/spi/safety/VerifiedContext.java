package org.polyphony.spi.safety;

import java.util.Map;

/// What is verified about a request: taken from a signed token or a study's declaration, never from the
/// text.
///
/// @param claims claim → value, for example `role` → `counsellor`, `culture` → `ke`, `jurisdiction` → `de`
public record VerifiedContext(Map<String, String> claims) {

    public VerifiedContext {
        claims = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(claims));
    }

    /// A context about which nothing is verified.
    public static VerifiedContext none() {
        return new VerifiedContext(Map.of());
    }
}
