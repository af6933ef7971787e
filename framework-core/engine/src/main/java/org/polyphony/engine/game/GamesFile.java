package org.polyphony.engine.game;

import static org.polyphony.spi.error.StandardErrorCode.FILE_MALFORMED;
import static org.polyphony.spi.error.StandardErrorCode.FILE_NOT_FOUND;
import static org.polyphony.spi.error.StandardErrorCode.MEMORY_EXHAUSTED;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.polyphony.engine.io.InputFiles;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;

/// Reads `{"games":[{"P":[S][K][K],"weights":[S],"ref":[K],"unsafe":[K]}]}`. All but `P` is optional; for
/// one stakeholder `P` may be written `[K][K]`.
public final class GamesFile {

    /// How many games are solved at a time, and about how many probabilities at most: enough to keep the
    /// cores busy between two calls of a plugin, few enough for a small heap.
    static final int BATCH_GAMES = 4_096;

    private static final int BATCH_NUMBERS = 1 << 18;
    private static final int BUFFER = 1 << 16;
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(256 * 1024)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build());

    // what a game takes of the heap from its reading to its answer, beside the numbers of its P: an estimate
    private static final long BYTES_PER_GAME = 900;
    private static final long BYTES_PER_NUMBER = 32;

    private GamesFile() {}

    /// What stands at one place of the file: a game, or why it is none.
    public sealed interface Entry {

        /// A game that can be played.
        record Playable(ExplicitGame game) implements Entry {}

        /// Not a game.
        ///
        /// @param reason what is wrong, the value, what to do
        record Broken(String reason) implements Entry {}
    }

    /// Reads a whole file, as [#read(Path, OwnerMemory, int, Consumer)] does; how many games there may be
    /// depends on the heap.
    ///
    /// @param memory who is charged while an Arrow file is read
    /// @throws AlignmentException if it is absent or not such a document at all
    public static List<Entry> read(Path file, OwnerMemory memory) {
        var entries = new ArrayList<Entry>();
        var numbers = new AtomicLong();
        read(file, memory, BATCH_GAMES, batch -> {
            for (int g = 0; g < batch.count(); g++) {
                var reason = batch.broken(g);
                entries.add(
                        reason == null ? new Entry.Playable(batch.game(g).orElseThrow()) : new Entry.Broken(reason));
            }
            requireRoom(file.toString(), entries.size(), numbers.addAndGet(batch.numbers()));
        });
        return entries;
    }

    /// Reads a file, JSON or Arrow (one row a game), batch by batch; `-` is JSON on standard input. What
    /// is held meanwhile is one batch of games and, of an Arrow file, one of its batches.
    ///
    /// @param memory who is charged while an Arrow file is read
    /// @param games most games of a batch; one that holds many probabilities has fewer
    /// @param batches what is done with each batch, in the order of the file
    /// @throws AlignmentException if it is absent or no such document, which may be found after some batches
    static void read(Path file, OwnerMemory memory, int games, Consumer<GameBatch> batches) {
        var batching = new Batching(games, batches);
        if (file.toString().equals("-")) {
            read("standard input", System.in, batching);
        } else {
            InputFiles.requireFile(file, "games");
            try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
                if (isArrow(in)) {
                    GameRows.read(file, memory, batching);
                } else {
                    read(file.toString(), in, batching);
                }
            } catch (IOException e) {
                throw new AlignmentException(FILE_NOT_FOUND, "cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        batching.flush();
    }

    /// Reads a document; `name` is used in messages only.
    private static void read(String name, InputStream in, GameDraft.Sink games) {
        try (var parser = JSON.createParser(in)) {
            new GamesDocument(name, parser, games).read();
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new AlignmentException(
                    FILE_MALFORMED,
                    name + (at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr())
                            + " is not valid JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new AlignmentException(FILE_NOT_FOUND, "cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /// Makes batches of games.
    private static final class Batching implements GameDraft.Sink {

        private final int games;
        private final Consumer<GameBatch> batches;
        private GameBatch batch = new GameBatch(0);

        Batching(int games, Consumer<GameBatch> batches) {
            this.games = games;
            this.batches = batches;
        }

        @Override
        public void add(GameDraft draft) {
            try {
                batch.add(draft);
            } catch (IllegalArgumentException e) {
                batch.addBroken(String.valueOf(e.getMessage()));
            }
            ended();
        }

        @Override
        public void broken(String reason) {
            batch.addBroken(reason);
            ended();
        }

        private void ended() {
            if (batch.count() >= games || batch.numbers() >= BATCH_NUMBERS) {
                flush();
            }
        }

        void flush() {
            if (batch.count() > 0) {
                var full = batch;
                batch = new GameBatch(full.first() + full.count());
                batches.accept(full);
            }
        }
    }

    /// Refuses more games than the heap holds while they are solved, before it is exhausted.
    ///
    /// @param numbers of all P together
    private static void requireRoom(String name, long games, long numbers) {
        long needed = games * BYTES_PER_GAME + numbers * BYTES_PER_NUMBER;
        long heap = Runtime.getRuntime().maxMemory();
        if (needed > heap) {
            throw new AlignmentException(
                    MEMORY_EXHAUSTED,
                    name + " has more games than a heap of " + (heap >> 20) + " MB holds: the first " + games + " with "
                            + numbers + " probabilities need that much; divide the file, or raise"
                            + " POLYPHONY_MAX_HEAP, for example to " + Math.max(2, (heap >> 29)) + "g");
        }
    }

    // the file format's magic, or the continuation marker a stream begins with
    private static boolean isArrow(InputStream in) throws IOException {
        in.mark(6);
        var head = in.readNBytes(6);
        in.reset();
        return Arrays.equals(head, "ARROW1".getBytes(StandardCharsets.US_ASCII))
                || (head.length >= 4 && head[0] == -1 && head[1] == -1 && head[2] == -1 && head[3] == -1);
    }
}
