package org.polyphony.engine.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

/// The local socket through which a running host is told what to do: a Unix domain socket that only its owner may open,
/// in a folder that only its owner may enter. A connection carries one request, a line of JSON; back come lines that
/// tell how it goes, `{"told": …}`, and one that ends it, `{"done": …}` or `{"error": …}`. A connection that goes
/// away stops nothing.
public final class ControlSocket implements AutoCloseable {

    /// The name of the socket in the host's folder.
    public static final String NAME = "host.sock";

    /// Longest request, in bytes.
    static final int LONGEST_REQUEST = 1 << 20;

    private static final int LONGEST_ANSWER = 1 << 24;
    private static final int MOST_CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final Path path;
    private final ServerSocketChannel server;
    private final Verbs verbs;
    private final Semaphore free = new Semaphore(MOST_CONNECTIONS);

    /// Does what is asked.
    @FunctionalInterface
    public interface Verbs {

        /// Called on a thread of its own.
        ///
        /// @param request an object
        /// @param told takes lines that say how it goes
        /// @throws AlignmentException if it is refused or fails: whoever asked is told why
        JsonNode answer(ObjectNode request, Consumer<String> told);
    }

    private ControlSocket(Path path, ServerSocketChannel server, Verbs verbs) {
        this.path = path;
        this.server = server;
        this.verbs = verbs;
    }

    /// Listens in a host's folder. A socket that a dead host has left there is replaced.
    ///
    /// @param folder taken by this process
    public static ControlSocket open(HostFolder folder, Verbs verbs) {
        var path = folder.socket();
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                requireSocket(path);
                Files.delete(path);
            }
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(UnixDomainSocketAddress.of(path));
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
            var socket = new ControlSocket(path, server, verbs);
            Thread.ofPlatform().daemon().name("polyphony-control").start(socket::accept);
            return socket;
        } catch (IOException e) {
            throw new AlignmentException(
                    StandardErrorCode.OUTPUT_NOT_WRITABLE,
                    "cannot listen at " + path + ": " + e.getMessage() + "; choose another place with --socket",
                    e);
        }
    }

    // a file of this name that is none is somebody's
    private static void requireSocket(Path path) throws IOException {
        if (!Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new AlignmentException(
                    StandardErrorCode.OUTPUT_NOT_WRITABLE,
                    path + " is there and no socket; move it away, or choose another place with --socket");
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().name("polyphony-control").start(() -> serve(connection));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                System.getLogger(ControlSocket.class.getName())
                        .log(System.Logger.Level.WARNING, "cannot take a connection: " + e);
                pause(); // out of file descriptors, most likely
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel connection) {
        boolean taken = free.tryAcquire();
        try (connection) {
            send(connection, answerLine(taken ? answer(connection) : error(StandardErrorCode.UNSUPPORTED, busy())));
        } catch (IOException _) {
            // whoever asked has gone; what it asked for is done
        } finally {
            if (taken) {
                free.release();
            }
        }
    }

    private static String busy() {
        return "the host serves " + MOST_CONNECTIONS + " connections already; try again later";
    }

    private ObjectNode answer(SocketChannel connection) {
        try {
            var request = parse(request(connection));
            var done = verbs.answer(request, line -> tell(connection, line));
            return JSON.createObjectNode().set("done", done);
        } catch (AlignmentException e) {
            var code = e.code() instanceof StandardErrorCode standard ? standard : StandardErrorCode.PLUGIN_FAILED;
            return error(code, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return error(StandardErrorCode.IO_FAILED, "the request did not arrive: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            System.getLogger(ControlSocket.class.getName()).log(System.Logger.Level.WARNING, "a request failed", e);
            return error(StandardErrorCode.INTERNAL, "the host failed: " + e + "; its log has more");
        }
    }

    private static ObjectNode error(StandardErrorCode code, String message) {
        var error = JSON.createObjectNode();
        error.putObject("error").put("code", code.name()).put("message", message);
        return error;
    }

    private static byte[] request(SocketChannel connection) throws IOException {
        var waiting = Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(PATIENCE);
                connection.shutdownInput();
            } catch (InterruptedException | IOException _) {
                // it has arrived, or its connection is gone
            }
        });
        try {
            var line = new Lines(connection).next(LONGEST_REQUEST);
            if (!line.whole()) {
                int length = line.bytes().length;
                throw new AlignmentException(
                        StandardErrorCode.FILE_MALFORMED,
                        length > LONGEST_REQUEST
                                ? "a request is one line of at most " + LONGEST_REQUEST + " bytes"
                                : "a request ends without the end of its line, after " + length + " bytes");
            }
            return line.bytes();
        } finally {
            waiting.interrupt();
        }
    }

    private static ObjectNode parse(byte[] line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode request) {
                return request;
            }
            throw malformed("a request is an object such as {\"verb\": \"list\"}");
        } catch (JsonProcessingException e) {
            throw malformed("it is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static AlignmentException malformed(String what) {
        return new AlignmentException(StandardErrorCode.FILE_MALFORMED, "the request was not understood: " + what);
    }

    // how it goes is told to whoever still listens
    private static void tell(SocketChannel connection, String told) {
        try {
            send(connection, answerLine(JSON.createObjectNode().put("told", told)));
        } catch (IOException _) {
            // nobody does
        }
    }

    // what is longer than its reader takes would break off in the middle
    private static byte[] answerLine(JsonNode node) {
        var line = line(node);
        return line.length <= LONGEST_ANSWER
                ? line
                : line(error(
                        StandardErrorCode.UNSUPPORTED,
                        "the host's answer has " + line.length + " bytes, and at most " + LONGEST_ANSWER
                                + " are sent; ask for less"));
    }

    private static byte[] line(JsonNode node) {
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(SocketChannel connection, byte[] line) throws IOException {
        var bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    /// Asks the host that listens at a socket, and waits for what it answers.
    ///
    /// @param told takes lines that say how it goes
    /// @throws AlignmentException what the host says is wrong; with code `FILE_NOT_FOUND` if none listens there
    public static JsonNode ask(Path path, ObjectNode request, Consumer<String> told) {
        try (var connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var line = requestLine(request);
            connect(connection, path);
            send(connection, line);
            return answer(new Lines(connection), told);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private static byte[] requestLine(ObjectNode request) {
        var line = line(request);
        if (line.length > LONGEST_REQUEST) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "the request has " + (line.length - 1) + " bytes, and a host takes less than " + LONGEST_REQUEST
                            + "; give it fewer or shorter texts");
        }
        return line;
    }

    private static void connect(SocketChannel connection, Path path) throws IOException {
        try {
            HostFolder.requirePrivate(path.toAbsolutePath().resolveSibling(".").normalize());
            connection.connect(UnixDomainSocketAddress.of(path));
        } catch (SocketException | NoSuchFileException e) {
            throw new AlignmentException(
                    StandardErrorCode.FILE_NOT_FOUND,
                    "no host listens at " + path + " (" + e.getMessage() + "); start it with: polyphony host FILE",
                    e);
        }
    }

    private static JsonNode answer(Lines lines, Consumer<String> told) throws IOException {
        while (true) {
            var line = lines.next(LONGEST_ANSWER);
            if (!line.whole()) {
                throw new IOException(
                        line.bytes().length > LONGEST_ANSWER ? "its answer is too long" : "the connection ended");
            }
            var answer = JSON.readTree(line.bytes());
            if (answer.has("told")) {
                told.accept(answer.path("told").asText());
            } else if (answer.has("error")) {
                throw failed(answer.path("error"));
            } else if (answer.has("done")) {
                return answer.path("done");
            } else {
                throw gone(new IOException("it answered " + answer));
            }
        }
    }

    private static AlignmentException failed(JsonNode error) {
        var name = error.path("code").asText();
        var code = Arrays.stream(StandardErrorCode.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(StandardErrorCode.INTERNAL);
        return new AlignmentException(code, error.path("message").asText());
    }

    private static AlignmentException gone(IOException e) {
        return new AlignmentException(
                StandardErrorCode.IO_FAILED,
                "the host went away before it had answered (" + e.getMessage()
                        + "); what stands in its slots is what stood there before or what was asked for: see"
                        + " polyphony plugin list --host once it runs again",
                e);
    }

    /// A line without its end, or what there is of it.
    ///
    /// @param whole whether its end was seen, within the length that was asked for
    private record Line(byte[] bytes, boolean whole) {}

    /// What comes over a connection, line by line.
    private static final class Lines {

        private final SocketChannel from;
        private final ByteBuffer block = ByteBuffer.allocate(1 << 13).limit(0);

        Lines(SocketChannel from) {
            this.from = from;
        }

        Line next(int most) throws IOException {
            var line = new ByteArrayOutputStream();
            boolean whole = false;
            boolean ended = false;
            while (!whole && !ended && line.size() <= most) {
                while (!whole && block.hasRemaining()) {
                    byte b = block.get();
                    whole = b == '\n';
                    if (!whole) {
                        line.write(b);
                    }
                }
                if (!whole) {
                    ended = from.read(block.clear()) < 0;
                    block.flip();
                }
            }
            return new Line(line.toByteArray(), whole && line.size() <= most);
        }
    }

    /// Takes no request any more. Those that are being answered go on until they are done or the process ends.
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger(ControlSocket.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot close " + path + ": " + e);
        }
    }
}
