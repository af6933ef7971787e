package org.polyphony.engine.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.io.AtomicFile;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.BundleInspector;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// What a host keeps on disk, in a folder that only its owner may enter: its socket, the jars that were given to it,
/// by their digests, and which of them stands in which slot. One process has it at a time; the system takes the lock
/// back when that dies, however it dies. Every file appears whole or not at all, so that what is found after a kill is
/// the state before a change or the state after it.
public final class HostFolder implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 1;
    private static final int MOST_STATE_BYTES = 1 << 20;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    // left by a process that was killed while it wrote, see AtomicFile
    private static final Pattern TEMPORARY = Pattern.compile("\\..*\\.tmp");
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    // what the system's name of a socket has room for, with its end
    private static final int LONGEST_SOCKET = 107;

    private final Path folder;
    private final Path socket;
    private final FileChannel lock;

    /// Which jar stands in a slot.
    ///
    /// @param sha256 of its bytes
    /// @param former of the jar that it replaced, to go back to
    /// @param plugin which of the jar's plugins fills a slot that was added, as `role/vendor/id`; empty for a slot
    ///     of the file, which says it
    public record Standing(String sha256, Optional<String> former, Optional<String> plugin) {}

    /// Everything that stands.
    ///
    /// @param updated the slots of the file in which another jar stands than the one installed with Polyphony
    /// @param installed the slots that were added
    public record State(Map<String, Standing> updated, Map<String, Standing> installed) {

        public State {
            updated = Collections.unmodifiableMap(new TreeMap<>(updated));
            installed = Collections.unmodifiableMap(new TreeMap<>(installed));
        }

        /// The same with this jar in a slot; null to leave the slot to the file, or to have it no longer.
        State with(boolean ofFile, String slot, @Nullable Standing standing) {
            var changed = new TreeMap<>(ofFile ? updated : installed);
            if (standing == null) {
                changed.remove(slot);
            } else {
                changed.put(slot, standing);
            }
            return ofFile ? new State(changed, installed) : new State(updated, changed);
        }

        private Set<String> digests() {
            var all = new HashSet<String>();
            Stream.of(updated, installed)
                    .flatMap(part -> part.values().stream())
                    .forEach(standing -> {
                        all.add(standing.sha256());
                        standing.former().ifPresent(all::add);
                    });
            return all;
        }
    }

    private HostFolder(Path folder, Path socket, FileChannel lock) {
        this.folder = folder;
        this.socket = socket;
        this.lock = lock;
    }

    /// The folder of a host of this file, unless the host was given another.
    public static Path of(Path file) {
        return file.toAbsolutePath().normalize().resolveSibling(file.getFileName() + ".host");
    }

    /// Takes a folder, which is made where there is none, and deletes what a process that was killed has left half
    /// written.
    ///
    /// @throws AlignmentException if another host has it, others may enter it or it cannot be written
    public static HostFolder open(Path folder) {
        return at(folder.resolve(ControlSocket.NAME));
    }

    /// The same for the folder of a socket.
    ///
    /// @param socket its path, which need not exist
    public static HostFolder at(Path socket) {
        var folder = socket.toAbsolutePath().normalize().resolveSibling(".").normalize();
        try {
            make(folder);
            requirePrivate(folder);
            requireShort(socket);
            var lock = lock(folder);
            var opened = new HostFolder(folder, socket, lock);
            try {
                Files.createDirectories(opened.jars(), PosixFilePermissions.asFileAttribute(OWNER));
                opened.clean();
                return opened;
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new AlignmentException(
                    StandardErrorCode.OUTPUT_NOT_WRITABLE,
                    "the folder " + folder + " of the host cannot be used: " + e
                            + "; choose another place with --socket",
                    e);
        }
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /// Makes sure that nobody but its owner may enter a folder.
    ///
    /// @throws AlignmentException with code `SETTING_INVALID` if others may
    static void requirePrivate(Path folder) throws IOException {
        var attributes = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory() || !OWNER.containsAll(attributes.permissions())) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    folder + " can be entered by others than its owner ("
                            + PosixFilePermissions.toString(attributes.permissions())
                            + "); whoever writes to a host's socket runs code there: chmod 700 " + folder);
        }
    }

    private static void requireShort(Path socket) {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "the path of the socket, " + socket + ", has " + length + " bytes; the system takes at most "
                            + LONGEST_SOCKET + ", choose a shorter one with --socket");
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(
                folder.resolve("host.lock"),
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean held = false;
        try {
            held = channel.tryLock() != null;
            if (!held) {
                throw runs(folder);
            }
            return channel;
        } catch (OverlappingFileLockException _) {
            throw runs(folder);
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    private static AlignmentException runs(Path folder) {
        return new AlignmentException(
                StandardErrorCode.UNSUPPORTED,
                "a host runs in " + folder + " already; there is one a folder: stop it first, or give this one another"
                        + " socket with --socket");
    }

    private void clean() throws IOException {
        for (var place : new Path[] {folder, jars()}) {
            try (var files = Files.newDirectoryStream(place)) {
                for (var file : files) {
                    if (TEMPORARY.matcher(file.getFileName().toString()).matches()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private Path jars() {
        return folder.resolve("jars");
    }

    private Path jar(String sha256) {
        return jars().resolve(sha256 + ".jar");
    }

    private Path state() {
        return folder.resolve("state.json");
    }

    /// Where the host listens.
    public Path socket() {
        return socket;
    }

    /// Keeps a copy of a jar, under its digest.
    void keep(BundleImage image) {
        if (Files.isRegularFile(jar(image.sha256()), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        AtomicFile.write(jar(image.sha256()), channel -> {
            try (var in = image.open()) {
                var bytes = ByteBuffer.wrap(in.readAllBytes());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        });
    }

    /// A jar that was kept.
    ///
    /// @throws AlignmentException if it is gone or no longer what it was
    BundleImage kept(String sha256) {
        var image = BundleInspector.create().inspect(jar(sha256));
        if (!image.sha256().equals(sha256)) {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED,
                    jar(sha256) + " was changed: its digest is sha256:" + image.sha256() + "; " + way());
        }
        return image;
    }

    /// What to do where what stands in the slots cannot stand there again.
    String way() {
        return "to begin again with the plugins that are installed, stop the host and delete " + state();
    }

    /// What was last written; nothing stands in a new folder.
    ///
    /// @throws AlignmentException with code `FILE_MALFORMED` if it is no such state
    State read() {
        if (!Files.exists(state(), LinkOption.NOFOLLOW_LINKS)) {
            return new State(Map.of(), Map.of());
        }
        try {
            if (Files.size(state()) > MOST_STATE_BYTES) {
                throw malformed("it is too large");
            }
            var root = JSON.readTree(Files.readAllBytes(state()));
            if (root.path("format").asInt() != FORMAT) {
                throw malformed("its format is " + root.path("format") + ", this version reads " + FORMAT);
            }
            return new State(standing(root.path("updated")), standing(root.path("installed")));
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage());
        } catch (IOException e) {
            throw new AlignmentException(StandardErrorCode.IO_FAILED, "cannot read " + state() + ": " + e, e);
        }
    }

    private Map<String, Standing> standing(JsonNode node) {
        var read = new LinkedHashMap<String, Standing>();
        node.properties().forEach(entry -> {
            var former = entry.getValue().path("former").asText("");
            var plugin = entry.getValue().path("plugin").asText("");
            read.put(
                    entry.getKey(),
                    new Standing(
                            digest(entry.getValue().path("sha256").asText("")),
                            former.isEmpty() ? Optional.empty() : Optional.of(digest(former)),
                            plugin.isEmpty() ? Optional.empty() : Optional.of(plugin)));
        });
        return read;
    }

    private String digest(String text) {
        if (!DIGEST.matcher(text).matches()) {
            throw malformed("'" + text + "' is no digest");
        }
        return text;
    }

    private AlignmentException malformed(String why) {
        return new AlignmentException(
                StandardErrorCode.FILE_MALFORMED,
                state() + " does not say which jars stand in the slots: " + why + "; " + way());
    }

    /// Writes what stands.
    void write(State state) {
        var root = JSON.createObjectNode().put("format", FORMAT);
        root.set("updated", slots(state.updated()));
        root.set("installed", slots(state.installed()));
        AtomicFile.write(
                state(),
                channel -> channel.write(
                        ByteBuffer.wrap((root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8))));
    }

    private static ObjectNode slots(Map<String, Standing> part) {
        var slots = JSON.createObjectNode();
        part.forEach((slot, standing) -> {
            var one = slots.putObject(slot).put("sha256", standing.sha256());
            standing.former().ifPresent(former -> one.put("former", former));
            standing.plugin().ifPresent(plugin -> one.put("plugin", plugin));
        });
        return slots;
    }

    /// Deletes the jars that stand nowhere. What cannot be deleted now is tried again after the next change.
    void forgetOthers(State state) {
        var needed = state.digests();
        try (var files = Files.newDirectoryStream(jars(), "*.jar")) {
            for (var file : files) {
                if (!needed.contains(file.getFileName().toString().replace(".jar", ""))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            System.getLogger(HostFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot delete what stands nowhere in " + jars() + ": " + e);
        }
    }

    /// Gives the folder back; what is in it stays, for the next host.
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger(HostFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot give back " + folder + ": " + e);
        }
    }
}
