package org.polyphony.engine.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A jar in memory, read by its central directory as the class loader will read it. The usual readers need a
/// file, which could change between the check and the installation, or read the local headers, which need not
/// agree with the directory.
final class JarBytes {

    /// Largest size of one entry that is unpacked here: manifests and embedded jars.
    private static final int ENTRY_LIMIT = 256 << 20;

    private static final int END = 0x06054b50;
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int LOCAL_ENTRY = 0x04034b50;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final ByteBuffer data;
    private final Map<String, Entry> entries;

    private record Entry(int method, int packed, int unpacked, int offset) {}

    /// Reads the directory.
    ///
    /// @throws IllegalArgumentException if this is no jar, or one that different readers would read differently
    JarBytes(byte[] bytes) {
        this.data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            this.entries = directory();
        } catch (IndexOutOfBoundsException _) {
            throw new IllegalArgumentException("its directory points outside the file");
        }
    }

    /// The names of all entries, folders included, in the directory's order.
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    boolean contains(String name) {
        return entries.containsKey(name);
    }

    /// The manifest, or an empty one.
    Manifest manifest() {
        if (!contains("META-INF/MANIFEST.MF")) {
            return new Manifest();
        }
        try {
            return new Manifest(new ByteArrayInputStream(read("META-INF/MANIFEST.MF")));
        } catch (IOException e) {
            throw new IllegalArgumentException("its manifest cannot be read: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException("its manifest cannot be read: " + e.getMessage(), e);
        }
    }

    /// The unpacked bytes of an entry that exists.
    byte[] read(String name) {
        var entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no entry " + name);
        }
        try {
            return unpack(name, entry);
        } catch (IndexOutOfBoundsException | DataFormatException e) {
            throw new IllegalArgumentException("its entry " + name + " is damaged: " + e.getMessage(), e);
        }
    }

    private Map<String, Entry> directory() {
        int end = end();
        int count = Short.toUnsignedInt(data.getShort(end + 10));
        int at = data.getInt(end + 16);
        if (count == 0xFFFF || at == -1) {
            throw new IllegalArgumentException("it is a ZIP64 archive; pack it with fewer than 65535 entries");
        }
        var found = new LinkedHashMap<String, Entry>();
        var folded = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            if (data.getInt(at) != DIRECTORY_ENTRY) {
                throw new IllegalArgumentException("its directory is damaged at entry " + i);
            }
            int nameLength = Short.toUnsignedInt(data.getShort(at + 28));
            var name = name(at + 46, nameLength);
            check(name);
            var entry = new Entry(
                    Short.toUnsignedInt(data.getShort(at + 10)),
                    data.getInt(at + 20),
                    data.getInt(at + 24),
                    data.getInt(at + 42));
            boolean folds = !folded.add(name.toLowerCase(Locale.ROOT)) && isMeta(name);
            if (found.put(name, entry) != null || folds) {
                throw new IllegalArgumentException("its entry " + name + " exists twice");
            }
            if (data.getInt(entry.offset()) != LOCAL_ENTRY
                    || !localName(entry.offset()).equals(name)) {
                throw new IllegalArgumentException("its entry " + name + " is not where the directory says");
            }
            at += 46
                    + nameLength
                    + Short.toUnsignedInt(data.getShort(at + 30))
                    + Short.toUnsignedInt(data.getShort(at + 32));
        }
        return Collections.unmodifiableMap(found);
    }

    // the last record, before a comment of at most 64 KiB
    private int end() {
        for (int at = data.capacity() - 22; at >= Math.max(0, data.capacity() - 22 - 0xFFFF); at--) {
            if (data.getInt(at) == END) {
                return at;
            }
        }
        throw new IllegalArgumentException("it is not a zip file");
    }

    private String localName(int offset) {
        return name(offset + 30, Short.toUnsignedInt(data.getShort(offset + 26)));
    }

    private String name(int from, int length) {
        var bytes = new byte[length];
        data.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void check(String name) {
        var parts = List.of(name.split("/", -1));
        if (name.startsWith("/") || name.contains("\\") || name.contains(":") || parts.contains("..")) {
            throw new IllegalArgumentException("its entry '" + name + "' points outside the bundle");
        }
    }

    private static boolean isMeta(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("meta-inf/");
    }

    private byte[] unpack(String name, Entry entry) throws DataFormatException {
        if (entry.packed() < 0 || entry.unpacked() < 0 || entry.unpacked() > ENTRY_LIMIT) {
            throw new IllegalArgumentException("its entry " + name + " claims "
                    + Integer.toUnsignedLong(entry.unpacked()) + " bytes; at most " + ENTRY_LIMIT + " are read");
        }
        int from = entry.offset()
                + 30
                + Short.toUnsignedInt(data.getShort(entry.offset() + 26))
                + Short.toUnsignedInt(data.getShort(entry.offset() + 28));
        var packed = new byte[Math.min(entry.packed(), data.capacity())];
        data.get(from, packed);
        return switch (entry.method()) {
            case STORED -> packed;
            case DEFLATED -> inflate(packed, entry.unpacked());
            default ->
                throw new IllegalArgumentException(
                        "its entry " + name + " is packed by method " + entry.method() + "; use deflate");
        };
    }

    private static byte[] inflate(byte[] packed, int size) throws DataFormatException {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            // grown as it fills: the claimed size may be a lie
            var result = new ByteArrayOutputStream(Math.min(size, 1 << 16));
            var block = new byte[1 << 13];
            while (!inflater.finished() && result.size() <= size) {
                int n = inflater.inflate(block);
                if (n == 0 && !inflater.finished()) {
                    throw new DataFormatException("it is cut off");
                }
                result.write(block, 0, n);
            }
            if (result.size() != size) {
                throw new DataFormatException("it is " + result.size() + " bytes long, not " + size);
            }
            return result.toByteArray();
        } finally {
            inflater.end();
        }
    }
}
