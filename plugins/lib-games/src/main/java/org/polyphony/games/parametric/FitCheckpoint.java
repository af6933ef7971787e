package org.polyphony.games.parametric;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.polyphony.support.digest.Digests;

/// The state of a fit in a file of a directory, replaced atomically after every round. The file is named
/// by a digest of everything that decides the result (games, features, settings, seed), which it repeats
/// inside and seals with a SHA-256 of its own, so a fit resumes from its own rounds or from none. One
/// process writes it at a time.
public final class FitCheckpoint {

    private static final String KIND = "polyphony.parametric.fit";
    private static final int VERSION = 1;
    private static final int DIGEST_BYTES = 32;

    // of a file for all but the parameters, generously
    private static final int ROOM = 4096;

    private final Optional<Path> directory;

    private FitCheckpoint(Optional<Path> directory) {
        this.directory = directory;
    }

    /// Keeps nothing.
    public static FitCheckpoint none() {
        return new FitCheckpoint(Optional.empty());
    }

    /// Keeps the state in a directory, which is made where it does not exist.
    public static FitCheckpoint in(Path directory) {
        return new FitCheckpoint(Optional.of(directory));
    }

    /// The file of the fit with this digest.
    Optional<Path> file(byte[] digest) {
        return directory.map(
                folder -> folder.resolve("fit-" + HexFormat.of().formatHex(digest, 0, 16) + ".checkpoint"));
    }

    /// The state last written for this digest. A file that is damaged or of another fit is left out,
    /// saying so.
    ///
    /// @throws UncheckedIOException if there is a file and it cannot be read
    Optional<FitState> read(byte[] digest, int heads, int parameters, Consumer<String> note) {
        var file = file(digest);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(bytes(file.get(), heads, parameters), digest, heads, parameters));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (Unusable e) {
            note.accept("the checkpoint " + file.get().getFileName() + " " + e.getMessage()
                    + "; it is not used, the fit starts over and will replace it");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the checkpoint " + file.get() + ": " + e, e);
        }
    }

    /// Deletes what a killed process had half written of this fit; for the process that writes it now.
    ///
    /// @throws UncheckedIOException if it is there and cannot be deleted
    void discardUnfinished(byte[] digest) {
        var file = file(digest);
        try {
            if (file.isPresent()) {
                Files.deleteIfExists(next(file.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete beside the checkpoint " + file.get() + ": " + e, e);
        }
    }

    private static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    // a pipe or a device has no end, and a file of another length is no checkpoint of this fit
    private static byte[] bytes(Path file, int heads, int parameters) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new Unusable("is no file");
        }
        long most = 2L * heads * parameters * Double.BYTES + ROOM;
        if (attributes.size() > most) {
            throw new Unusable("has " + attributes.size() + " bytes, more than the " + most + " it may have");
        }
        return Files.readAllBytes(file);
    }

    /// Replaces the file; after a crash at any time it holds the old or the new state.
    ///
    /// @throws UncheckedIOException if it cannot be written
    void write(byte[] digest, FitState state) {
        var file = file(digest);
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(directory.orElseThrow());
            var next = next(file.get());
            try (var channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(encode(digest, state));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (var folder = FileChannel.open(directory.orElseThrow(), StandardOpenOption.READ)) {
                folder.force(true); // the new name survives a loss of power, too
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + file.get() + ": " + e, e);
        }
    }

    /// SHA-256 over everything that decides the result of a fit.
    static byte[] digest(FitProblem problem, FitSettings settings, long seed) {
        var sha = Digests.sha256();
        text(
                sha,
                KIND + " " + VERSION + " " + problem.game() + " " + problem.tau() + " " + problem.function() + " "
                        + settings);
        longs(sha, seed, problem.stakeholders(), problem.games().size());
        doubles(sha, problem.weights());
        for (var game : problem.games()) {
            longs(sha, game.item(), game.candidates(), game.playing().count());
            for (int i = 0; i < game.playing().count(); i++) {
                longs(sha, game.playing().index(i));
            }
            doubles(sha, game.p());
            doubles(sha, game.mixture());
            doubles(sha, game.logReference());
            doubles(sha, game.features());
        }
        return sha.digest();
    }

    private static byte[] encode(byte[] digest, FitState state) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeUTF(KIND);
        out.writeInt(VERSION);
        out.write(digest);
        out.writeInt(state.round());
        write(out, state.heads());
        out.writeInt(state.best().number());
        write(out, state.best().heads());
        out.writeDouble(state.best().watchedGap());
        out.writeInt(state.progressRound());
        out.writeDouble(state.progressGap());
        out.writeBoolean(state.converged());
        out.flush();
        out.write(Digests.sha256().digest(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    private static FitState decode(byte[] file, byte[] digest, int heads, int parameters) throws IOException {
        if (file.length < DIGEST_BYTES) {
            throw new Unusable("is cut off after " + file.length + " bytes");
        }
        byte[] content = Arrays.copyOf(file, file.length - DIGEST_BYTES);
        byte[] seal = Arrays.copyOfRange(file, content.length, file.length);
        if (!MessageDigest.isEqual(Digests.sha256().digest(content), seal)) {
            throw new Unusable("is damaged or cut off: its checksum is wrong");
        }
        var in = new DataInputStream(new ByteArrayInputStream(content));
        var kind = in.readUTF();
        int version = in.readInt();
        if (!kind.equals(KIND) || version != VERSION) {
            throw new Unusable("is of " + kind + " version " + version + ", not of " + KIND + " version " + VERSION);
        }
        if (!Arrays.equals(in.readNBytes(DIGEST_BYTES), digest)) {
            throw new Unusable("is of another fit: other games, features, settings or seed");
        }
        return new FitState(
                in.readInt(),
                read(in, heads, parameters),
                new FitRound(in.readInt(), read(in, heads, parameters), in.readDouble()),
                in.readInt(),
                in.readDouble(),
                in.readBoolean());
    }

    private static void write(DataOutputStream out, List<double[]> heads) throws IOException {
        for (double[] theta : heads) {
            for (double value : theta) {
                out.writeDouble(value);
            }
        }
    }

    private static List<double[]> read(DataInputStream in, int heads, int parameters) throws IOException {
        var read = new ArrayList<double[]>();
        for (int h = 0; h < heads; h++) {
            var theta = new double[parameters];
            for (int n = 0; n < parameters; n++) {
                theta[n] = in.readDouble();
            }
            read.add(theta);
        }
        return read;
    }

    private static void text(MessageDigest sha, String text) {
        sha.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void longs(MessageDigest sha, long... values) {
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        sha.update(bytes);
    }

    private static void doubles(MessageDigest sha, double[] values) {
        longs(sha, values.length);
        var bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        sha.update(bytes);
    }

    /// A file that is no state of this fit.
    private static final class Unusable extends IOException {

        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }
}
