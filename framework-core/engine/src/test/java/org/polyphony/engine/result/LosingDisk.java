package org.polyphony.engine.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A disk that stops for good before a given operation, as a killed process does, and that can tell what a loss of
/// power at that moment leaves: of what was not forced, any part, each change of a folder by itself.
final class LosingDisk implements Disk {

    /// The process is dead.
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1;
    }

    /// A file or a folder, whatever its name.
    private static final class Node {
        private final boolean isFolder;
        private final Map<String, Node> now = new LinkedHashMap<>();
        private final Map<String, Node> kept = new LinkedHashMap<>();
        private byte[] bytes = {};
        private byte @Nullable [] forced;

        private Node(boolean isFolder) {
            this.isFolder = isFolder;
        }
    }

    /// `node` leaves one place for another; it comes from nowhere when it is made and goes nowhere when it is
    /// deleted.
    private record Change(
            Node node,
            @Nullable Node from,
            String fromName,
            @Nullable Node to,
            String toName) {}

    private final Path root;
    private final int stopAt;
    private final Node top;
    private final List<Change> pending = new ArrayList<>();
    private final List<Change> order = new ArrayList<>();
    private int operations;

    /// A disk whose folder `root` survives as it is now.
    ///
    /// @param stopAt how many operations are done, the last of them by halves if it writes
    LosingDisk(Path root, int stopAt) throws IOException {
        this.root = root;
        this.stopAt = stopAt;
        this.top = snapshot(root);
    }

    private static Node snapshot(Path path) throws IOException {
        var node = new Node(Files.isDirectory(path));
        if (!node.isFolder) {
            node.bytes = Files.readAllBytes(path);
            node.forced = node.bytes;
            return node;
        }
        try (var list = Files.list(path)) {
            for (var entry : list.toList()) {
                var child = snapshot(entry);
                node.now.put(name(entry), child);
                node.kept.put(name(entry), child);
            }
        }
        return node;
    }

    /// How many operations were asked for.
    int operations() {
        return operations;
    }

    private void next() {
        if (operations++ >= stopAt) {
            throw new Stopped();
        }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        next();
        Files.createDirectory(folder);
        change(new Change(new Node(true), null, "", node(folder.getParent()), name(folder)));
    }

    @Override
    public void write(Path file, ResultFolder.Content content) throws IOException {
        next();
        content.writeTo(file);
        var node = new Node(false);
        node.bytes = Files.readAllBytes(file);
        change(new Change(node, null, "", node(file.getParent()), name(file)));
        if (operations == stopAt) {
            node.bytes = Arrays.copyOf(node.bytes, node.bytes.length / 2);
            Files.write(file, node.bytes);
        }
    }

    @Override
    public void force(Path fileOrFolder) {
        next();
        var node = node(fileOrFolder);
        if (!node.isFolder) {
            node.forced = node.bytes;
            return;
        }
        pending.removeIf(change -> change.from == node || change.to == node);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        next();
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        change(new Change(node(from), node(from.getParent()), name(from), node(to.getParent()), name(to)));
    }

    @Override
    public void delete(Path fileOrFolder) throws IOException {
        next();
        if (Files.deleteIfExists(fileOrFolder)) {
            change(new Change(node(fileOrFolder), node(fileOrFolder.getParent()), name(fileOrFolder), null, ""));
        }
    }

    private void change(Change change) {
        if (change.from != null) {
            change.from.now.remove(change.fromName);
        }
        if (change.to != null) {
            change.to.now.put(change.toName, change.node);
        }
        order.add(change);
        pending.add(change);
    }

    private Node node(@Nullable Path path) {
        var node = top;
        for (var name : root.relativize(Objects.requireNonNull(path))) {
            if (!name.toString().isEmpty()) {
                node = Objects.requireNonNull(node.now.get(name.toString()), path.toString());
            }
        }
        return node;
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    /// Writes what is there after the power is back into the empty folder `target`.
    void afterPowerLoss(Path target, SplittableRandom random) throws IOException {
        for (var change : order) {
            if (pending.contains(change) && random.nextBoolean()) {
                continue;
            }
            if (change.from != null) {
                change.from.kept.remove(change.fromName, change.node);
            }
            if (change.to != null) {
                change.to.kept.put(change.toName, change.node);
            }
        }
        write(top, target, random);
    }

    private static void write(Node node, Path target, SplittableRandom random) throws IOException {
        if (node.isFolder) {
            Files.createDirectories(target);
            for (var entry : node.kept.entrySet()) {
                write(entry.getValue(), target.resolve(entry.getKey()), random);
            }
        } else {
            Files.write(
                    target,
                    node.forced != null
                            ? node.forced
                            : Arrays.copyOf(node.bytes, random.nextInt(node.bytes.length + 1)));
        }
    }
}
