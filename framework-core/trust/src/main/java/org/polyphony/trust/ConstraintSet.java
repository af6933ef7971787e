package org.polyphony.trust;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.polyphony.trust.digest.Sha256;

/// A named, versioned list of universal constraints, and the digest of the very bytes it was read from.
///
/// @param name for example `universal-constraints`
/// @param version counts up from 1
/// @param constraints at least one; ids are unique
/// @param digest SHA-256 of the file, in lower-case hexadecimal
public record ConstraintSet(String name, int version, List<Constraint> constraints, String digest) {

    public ConstraintSet {
        constraints = List.copyOf(constraints);
        if (constraints.isEmpty()) {
            throw new IllegalArgumentException(
                    "constraint set '" + name + "' holds no constraint; a set must refuse something");
        }
        var ids = new HashSet<String>();
        for (Constraint constraint : constraints) {
            if (!ids.add(constraint.id())) {
                throw new IllegalArgumentException(
                        "constraint set '" + name + "' has two constraints called " + constraint.id() + "; rename one");
            }
        }
    }

    /// Reads a set. Anything that is not exactly the format is an error, and an unreadable set is no set.
    ///
    /// @throws IllegalArgumentException naming the line and what was expected
    public static ConstraintSet parse(byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a constraint set must be UTF-8; this file is not", e);
        }
        return new ConstraintSetReader(text).read(HexFormat.of().formatHex(Sha256.of(file)));
    }
}
