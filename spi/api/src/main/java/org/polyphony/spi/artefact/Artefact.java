package org.polyphony.spi.artefact;

import java.util.Map;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
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

    /// The tensor called `name`.
    ///
    /// @throws AlignmentException with code `ARTEFACT_UNREADABLE` if there is none
    public Tensor tensor(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw missing("tensor", name, tensors);
        }
        return tensor;
    }

    /// The text called `name`.
    ///
    /// @throws AlignmentException with code `ARTEFACT_UNREADABLE` if there is none
    public String text(String name) {
        var text = texts.get(name);
        if (text == null) {
            throw missing("text", name, texts);
        }
        return text;
    }

    private AlignmentException missing(String kind, String name, Map<String, ?> present) {
        return new AlignmentException(
                StandardErrorCode.ARTEFACT_UNREADABLE,
                "artefact " + type + " version " + version + " has no " + kind + " " + name + ", only "
                        + present.keySet() + "; fit it again");
    }
}
