package org.polyphony.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

class MainTest {

    @Test
    void run_errorOfTheMachine_isOneMessageAndItsCode() {
        assertThat(report(new OutOfMemoryError("Java heap space")))
                .isEqualTo(
                        Failures.RESOURCES + " polyphony: MEMORY_EXHAUSTED: the heap of "
                                + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB is full (Java heap space); raise POLYPHONY_MAX_HEAP, for example to 8g, or ask for less\n");
        assertThat(report(new StackOverflowError())).startsWith(Failures.FRAMEWORK + " polyphony: INTERNAL: ");
        assertThat(report(new NoClassDefFoundError("a/b"))).startsWith(Failures.FRAMEWORK + " polyphony: INTERNAL: ");
    }

    @Test
    void report_valuesOfAFile_cannotSteerATerminal() {
        var hostile = "item \u001b[31m\npolyphony: done";
        assertThat(report(new AlignmentException(StandardErrorCode.VALUE_INVALID, hostile)))
                .isEqualTo("3 polyphony: VALUE_INVALID: item \\u001b[31m\\npolyphony: done\n");
        assertThat(report(new Failures.ManyIssues(List.of(Issue.error("X", hostile, "at\u0007")))))
                .isEqualTo("3 polyphony: X: item \\u001b[31m\\npolyphony: done (at\\u0007)\n");
    }

    @Test
    void delivered_outputThatDidNotArrive_isNoSuccess() throws IOException {
        try (var full = new StandardOutput(new Failing("No space left on device"))) {
            var before = System.out;
            var err = new ByteArrayOutputStream();
            try {
                System.setOut(new PrintStream(full, false, StandardCharsets.UTF_8));
                System.out.print("a result");
                assertThat(Main.delivered(0, full, new PrintStream(err, true, StandardCharsets.UTF_8)))
                        .isEqualTo(Failures.RESOURCES);
                assertThat(Main.delivered(Failures.USER, full, new PrintStream(err, true, StandardCharsets.UTF_8)))
                        .isEqualTo(Failures.USER);
            } finally {
                System.setOut(before);
            }
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("cannot write to standard output: No space left on device");
        }
    }

    @Test
    void delivered_readerThatHasReadEnough_endsQuietly() throws IOException {
        try (var gone = new StandardOutput(new Failing("Broken pipe"))) {
            var before = System.out;
            var err = new ByteArrayOutputStream();
            try {
                System.setOut(new PrintStream(gone, true, StandardCharsets.UTF_8));
                System.out.println("a line that nobody reads");
                assertThat(Main.delivered(0, gone, new PrintStream(err, true, StandardCharsets.UTF_8)))
                        .isEqualTo(Failures.PIPE);
                assertThat(Main.delivered(Failures.PLUGIN, gone, new PrintStream(err, true, StandardCharsets.UTF_8)))
                        .isEqualTo(Failures.PLUGIN);
            } finally {
                System.setOut(before);
            }
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve x.yaml", "study init data.csv", "data convert a b", "compare A B", "plugin sign x"})
    void run_commandOfALaterVersion_saysWhichOne(String command) {
        var line = Main.commandLine();
        var err = new StringWriter();
        line.setErr(new PrintWriter(err));
        assertThat(line.execute(command.split(" "))).isEqualTo(Failures.USAGE);
        assertThat(err.toString()).contains("comes with version").doesNotContain("Did you mean");
    }

    @Test
    void run_argumentThatBeginsWithAt_isNoFileOfArguments() {
        var line = Main.commandLine();
        var err = new StringWriter();
        line.setErr(new PrintWriter(err));
        assertThat(line.execute("@/dev/zero")).isEqualTo(Failures.USAGE);
        assertThat(err.toString()).contains("@/dev/zero");
    }

    private static String report(Throwable failure) {
        var err = new StringWriter();
        int code = Failures.report(failure, new PrintWriter(err));
        return code + " " + err;
    }

    /// What takes nothing.
    private static final class Failing extends OutputStream {

        private final String why;

        Failing(String why) {
            this.why = why;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(why);
        }
    }
}
