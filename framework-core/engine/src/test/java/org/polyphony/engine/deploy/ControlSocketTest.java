package org.polyphony.engine.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;

class ControlSocketTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path base;

    private final AtomicInteger asked = new AtomicInteger();
    private HostFolder folder;
    private ControlSocket socket;

    @BeforeEach
    void open() {
        folder = HostFolder.open(base.resolve("host"));
        socket = ControlSocket.open(folder, (request, told) -> {
            asked.incrementAndGet();
            if (request.path("verb").asText().equals("fail")) {
                throw new AlignmentException(StandardErrorCode.PLUGIN_REJECTED, "it is damaged");
            }
            if (request.path("verb").asText().equals("bug")) {
                throw new IllegalStateException("a bug");
            }
            told.accept("one");
            told.accept("two\nlines");
            return request;
        });
    }

    @AfterEach
    void close() {
        socket.close();
        folder.close();
    }

    private static ObjectNode verb(String name) {
        return JSON.createObjectNode().put("verb", name);
    }

    private String raw(byte[] sent, boolean half) throws Exception {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.socket()))) {
            channel.write(ByteBuffer.wrap(sent));
            if (half) {
                channel.shutdownOutput();
            }
            var answer = ByteBuffer.allocate(1 << 16);
            while (channel.read(answer) >= 0) {
                // to its end
            }
            return new String(answer.array(), 0, answer.position(), UTF_8);
        }
    }

    @Test
    void ask_isToldHowItGoesAndWhatWasDone() {
        var told = new ArrayList<String>();
        var done = ControlSocket.ask(folder.socket(), verb("list"), told::add);

        assertThat(done).isEqualTo(verb("list"));
        assertThat(told).containsExactly("one", "two\nlines");
    }

    @Test
    void ask_refused_saysWhyWithItsCode() {
        assertThatThrownBy(() -> ControlSocket.ask(folder.socket(), verb("fail"), _ -> {}))
                .isInstanceOfSatisfying(
                        AlignmentException.class,
                        e -> assertThat(e.code()).isEqualTo(StandardErrorCode.PLUGIN_REJECTED))
                .hasMessage("it is damaged");
        assertThatThrownBy(() -> ControlSocket.ask(folder.socket(), verb("bug"), _ -> {}))
                .hasMessageContaining("the host failed: java.lang.IllegalStateException: a bug");
        assertThat(ControlSocket.ask(folder.socket(), verb("list"), _ -> {})).isEqualTo(verb("list"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "[]\n",
                "nonsense\n",
                "{\"verb\":\n",
                "{\"verb\":1,\"verb\":2}\n",
                "{} {}\n",
                "\u0000\u0001\n",
                "null\n"
            })
    void malformedLine_isAnsweredWithOneClearError(String line) throws Exception {
        assertThat(raw(line.getBytes(UTF_8), false))
                .startsWith("{\"error\":{\"code\":\"FILE_MALFORMED\"")
                .contains("the request was not understood")
                .hasLineCount(1);
        assertThat(asked).hasValue(0);
    }

    @Test
    void truncatedLine_isNotTaken() throws Exception {
        assertThat(raw("{\"verb\": \"list\"}".getBytes(UTF_8), true))
                .contains("FILE_MALFORMED", "ends without the end of its line, after 16 bytes");
        assertThat(asked).hasValue(0);
    }

    @Test
    void oversizedLine_isNotTaken() throws Exception {
        var line = "x".repeat(ControlSocket.LONGEST_REQUEST + 1).getBytes(UTF_8);
        assertThat(raw(line, false)).contains("FILE_MALFORMED", "one line of at most 1048576 bytes");
        var deep = ("[".repeat(30_000) + "\n").getBytes(UTF_8);
        assertThat(raw(deep, false)).contains("FILE_MALFORMED");
        assertThat(asked).hasValue(0);
    }

    @Test
    void ask_longerThanAHostTakes_isNotSent() {
        var much = verb("list").put("question", "x".repeat(ControlSocket.LONGEST_REQUEST));
        assertThatThrownBy(() -> ControlSocket.ask(folder.socket(), much, _ -> {}))
                .isInstanceOf(AlignmentException.class)
                .hasMessageContaining("a host takes less than 1048576");
        assertThat(asked).hasValue(0);
    }

    @Test
    void open_nobodyElseMayEnter() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.socket())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("host"))))
                .isEqualTo("rwx------");
        var open = Files.createDirectory(
                base.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        assertThatThrownBy(() -> HostFolder.open(open))
                .hasMessageContaining("can be entered by others than its owner (rwxr-x---)")
                .hasMessageContaining("chmod 700");
        assertThatThrownBy(() -> ControlSocket.ask(open.resolve("host.sock"), verb("list"), _ -> {}))
                .hasMessageContaining("can be entered by others");
    }

    @Test
    void open_whileAnotherHostHasTheFolder_isRefused() {
        assertThatThrownBy(() -> HostFolder.open(base.resolve("host"))).hasMessageContaining("runs in");
        assertThat(ControlSocket.ask(folder.socket(), verb("list"), _ -> {})).isEqualTo(verb("list"));
    }

    @Test
    void open_socketOfADeadHost_isReplacedAndWhatItHalfWroteIsGone() throws Exception {
        close();
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(folder.socket()));
        }
        assertThat(folder.socket()).exists();
        Files.writeString(base.resolve("host/.state.json.4711.tmp"), "{");
        Files.writeString(base.resolve("host/jars/.aa.jar.4711.tmp"), "PK");
        assertThatThrownBy(() -> ControlSocket.ask(folder.socket(), verb("list"), _ -> {}))
                .hasMessageContaining("no host listens");

        open();

        assertThat(ControlSocket.ask(folder.socket(), verb("list"), _ -> {})).isEqualTo(verb("list"));
        try (var left = Files.walk(base)) {
            assertThat(left.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void open_fileThatIsNoSocket_isLeftAlone() throws Exception {
        close();
        Files.writeString(folder.socket(), "mine");
        var again = HostFolder.open(base.resolve("host"));
        try {
            assertThatThrownBy(() -> ControlSocket.open(again, (request, _) -> request))
                    .hasMessageContaining("no socket");
            assertThat(folder.socket()).hasContent("mine");
        } finally {
            again.close();
        }
    }

    @Test
    void open_pathTooLongForASocket_isRefused() throws Exception {
        var deep = Files.createDirectories(base.resolve("x".repeat(110)));
        assertThatThrownBy(() -> HostFolder.open(deep.resolve("host")))
                .hasMessageContaining("the system takes at most 107")
                .hasMessageContaining("--socket");
    }

    @Test
    void state_malformed_saysWhatToDo() throws Exception {
        for (var text : new String[] {
            "", "{", "[]", "{\"format\": 2}", "{\"format\": 1, \"updated\": {\"a\": {\"sha256\": \"../../x\"}}}"
        }) {
            Files.writeString(base.resolve("host/state.json"), text);
            assertThatThrownBy(folder::read)
                    .as(text)
                    .hasMessageContaining("does not say which jars stand")
                    .hasMessageContaining("delete");
        }
    }
}
