package org.polyphony.engine.game;

import static org.polyphony.spi.error.StandardErrorCode.IO_FAILED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.io.AtomicFile;
import org.polyphony.engine.io.TemporaryFolder;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;

/// Where the answers to games are written, whole or not at all: a JSON document or an Arrow table in a
/// file, or JSON for a reader who is given it when everything is solved.
public sealed interface AnswerOutput {

    /// A file: an Arrow table where its name ends in `.arrow`, else JSON. What was there stays until all
    /// is solved.
    static AnswerOutput to(Path file) {
        return new ToFile(file);
    }

    /// JSON for whoever reads a stream, which is not closed.
    static AnswerOutput to(OutputStream reader) {
        return new ToReader(reader);
    }

    /// Solves into the output.
    ///
    /// @param memory who is charged for an Arrow table's batch
    /// @param solving writes into a sink
    GameStream.Outcome write(OwnerMemory memory, Function<AnswerSink<?>, GameStream.Outcome> solving);

    /// See [#to(Path)].
    record ToFile(Path file) implements AnswerOutput {

        @Override
        public GameStream.Outcome write(OwnerMemory memory, Function<AnswerSink<?>, GameStream.Outcome> solving) {
            var outcome = new AtomicReference<GameStream.Outcome>();
            AtomicFile.write(file, channel -> {
                try {
                    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".arrow")) {
                        try (var answers = new ArrowAnswers(channel, memory)) {
                            outcome.set(solving.apply(answers));
                            answers.end();
                        }
                    } else {
                        var answers = new JsonAnswers(Channels.newOutputStream(channel));
                        outcome.set(solving.apply(answers));
                        answers.end();
                    }
                } catch (AnswerSink.Failure e) {
                    throw e.what();
                }
            });
            return Objects.requireNonNull(outcome.get());
        }
    }

    /// See [#to(OutputStream)].
    record ToReader(OutputStream reader) implements AnswerOutput {

        @Override
        public GameStream.Outcome write(OwnerMemory memory, Function<AnswerSink<?>, GameStream.Outcome> solving) {
            try (var kept = new Kept()) {
                var answers = new JsonAnswers(kept);
                var outcome = solving.apply(answers);
                answers.end();
                kept.copyTo(reader);
                return outcome;
            } catch (AnswerSink.Failure e) {
                throw failed(e.what());
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private static AlignmentException failed(IOException e) {
            return new AlignmentException(
                    IO_FAILED,
                    "keeping the answers in " + System.getProperty("java.io.tmpdir") + " failed: " + e.getMessage()
                            + "; free space on its disk, or set TMPDIR to another",
                    e);
        }
    }

    /// What nobody may read yet: in memory, and in a temporary file where it is much.
    final class Kept extends OutputStream {

        private static final int IN_MEMORY = 1 << 20;

        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable Path folder;
        private @Nullable OutputStream file;

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (file == null && memory.size() + length > IN_MEMORY) {
                folder = TemporaryFolder.ofProcess().makeFolder("answers-");
                file = Files.newOutputStream(folder.resolve("answers.json"));
                memory.writeTo(file);
                memory.reset();
            }
            (file == null ? memory : file).write(bytes, from, length);
        }

        void copyTo(OutputStream reader) throws IOException {
            if (file == null || folder == null) {
                memory.writeTo(reader);
            } else {
                file.close();
                Files.copy(folder.resolve("answers.json"), reader);
            }
            reader.flush();
        }

        @Override
        public void close() throws IOException {
            if (file != null && folder != null) {
                file.close();
                TemporaryFolder.deleteTree(folder);
            }
        }
    }

    /// `{"results":[…]}`, one game a line.
    final class JsonAnswers implements AnswerSink<byte[]> {

        private static final byte[] BEGIN = bytes("{\"results\":[" + System.lineSeparator());
        private static final byte[] BETWEEN = bytes("," + System.lineSeparator());
        private static final byte[] END = bytes(System.lineSeparator() + "]}" + System.lineSeparator());

        private final OutputStream out;
        private boolean begun;

        JsonAnswers(OutputStream out) {
            this.out = out;
        }

        @Override
        public byte[] encode(GameResults results) {
            return results.json();
        }

        @Override
        public void write(byte[] encoded) throws IOException {
            out.write(begun ? BETWEEN : BEGIN);
            begun = true;
            out.write(encoded);
        }

        void end() throws IOException {
            if (!begun) {
                out.write(BEGIN);
            }
            out.write(END);
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
