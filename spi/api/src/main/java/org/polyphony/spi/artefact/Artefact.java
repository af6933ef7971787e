package org.polyphony.spi.artefact;

import java.util.Map;
import org.polyphony.spi.tensor.Tensor;

/// A fitted thing as data: named tensors and texts under a type and a version.
///
/// The reader refuses a version it does not know, saying so. The engine adds the digest (SHA-256 over the
/// stored bytes) when it stores or shows an artefact.
///
/// @param type what this is, for example `polyphony.profiles.groups`; only the plugin that wrote it need
///     understand it
/// @param version of the type's layout, from 1
/// @param texts names and scalars, for example settings in effect
/// @param tensors the numbers
public record Artefact(String type, int version, Map<String, String> texts, Map<String, Tensor> tensors) {

    public Artefact {
        if (version < 1) {
            throw new IllegalArgumentException("an artefact's version starts at 1, got " + version);
        }
        texts = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(texts));
        tensors = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(tensors));
    }

    /// An artefact of this type and version.
    public static Artefact of(String type, int version, Map<String, String> texts, Map<String, Tensor> tensors) {
        return new Artefact(type, version, texts, tensors);
    }
}
