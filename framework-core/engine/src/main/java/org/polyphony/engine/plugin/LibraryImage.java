package org.polyphony.engine.plugin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;

/// The bytes of an inspected library bundle, read once.
///
/// @param bytes what gets installed
/// @param source the file they were read from
/// @param sha256 their digest, lower-case hexadecimal
/// @param symbolicName the bundle's name; a host holds one library of a name
/// @param exports the packages it provides
/// @param imports the packages it needs that the host does not lend
record LibraryImage(
        byte[] bytes, Path source, String sha256, String symbolicName, Set<String> exports, Set<String> imports) {

    InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
