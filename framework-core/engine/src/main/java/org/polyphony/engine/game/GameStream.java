package org.polyphony.engine.game;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.polyphony.engine.certify.HeldBack;
import org.polyphony.engine.tensor.OwnerMemory;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// Solves the games of a file while they are read: a few batches at a time are solved and certified on
/// threads of their own, and written in the order of the file on the calling thread. What is held at a
/// time does not grow with the file, and no answer depends on batches or threads.
///
/// @param <E> what a batch of answers is written as
public final class GameStream<E> {

    // batches that are solved at a time; one more waits, and one is read
    private static final int SOLVED_AT_A_TIME = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);

    // of messages that plugins tell of every batch
    private static final int TOLD_OF_ONE_KIND = 3;

    private final SolveRequest request;
    private final Supplier<GameSolver> starting;
    private final AnswerSink<E> sink;
    private final ArrayDeque<Future<Solved<E>>> inFlight = new ArrayDeque<>();
    private final List<Future<Solved<E>>> givenUp = new ArrayList<>();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private long count;
    private long refused;
    private long failed;

    private record Solved<E>(GameResults results, E encoded) {}

    private record Held(HeldBack first, long count) {}

    /// What became of all games.
    ///
    /// @param count how many there were
    /// @param refused how many because no candidate may be played
    /// @param failed how many could not be solved
    /// @param issues what was held back, and what the algorithm had to say
    public record Outcome(long count, long refused, long failed, List<Issue> issues) {

        public Outcome {
            issues = List.copyOf(issues);
        }
    }

    private GameStream(SolveRequest request, Supplier<GameSolver> starting, AnswerSink<E> sink) {
        this.request = request;
        this.starting = starting;
        this.sink = sink;
    }

    /// Solves all games of a file.
    ///
    /// @param file as [GamesFile] reads it
    /// @param memory who is charged for what is read and written of Arrow files
    /// @param starting starts the algorithm, once there is a game to solve; closed here
    /// @param output where answers go
    /// @throws AlignmentException what reading, starting or an algorithm throws; of several the first batch's
    public static Outcome solve(
            Path file, OwnerMemory memory, SolveRequest request, Supplier<GameSolver> starting, AnswerOutput output) {
        return solve(
                batches -> GamesFile.read(file, memory, GamesFile.BATCH_GAMES, batches),
                memory,
                request,
                starting,
                output);
    }

    /// The same of batches of any size.
    static Outcome solve(
            Consumer<Consumer<GameBatch>> reading,
            OwnerMemory memory,
            SolveRequest request,
            Supplier<GameSolver> starting,
            AnswerOutput output) {
        return output.write(memory, sink -> new GameStream<>(request, starting, sink).solve(reading));
    }

    private Outcome solve(Consumer<Consumer<GameBatch>> reading) {
        try (var running = new Running(starting)) {
            try {
                reading.accept(batch -> {
                    if (inFlight.size() > SOLVED_AT_A_TIME) {
                        writeNext();
                    }
                    inFlight.add(running.submit(solver -> solve(batch, solver)));
                });
            } catch (AlignmentException e) {
                // what an earlier batch is refused for comes first, whenever it was found
                while (!inFlight.isEmpty()) {
                    writeNext();
                }
                throw e;
            }
            while (!inFlight.isEmpty()) {
                writeNext();
            }
            return new Outcome(count, refused, failed, issues(running.issues()));
        } finally {
            // nothing runs any more
            givenUp.addAll(inFlight);
            givenUp.stream()
                    .filter(batch -> batch.state() == Future.State.SUCCESS)
                    .forEach(batch -> sink.discard(batch.resultNow().encoded()));
        }
    }

    private Solved<E> solve(GameBatch batch, GameSolver solver) {
        try (var own = solver.open("games from " + batch.first())) {
            var results = GameSolving.solve(batch, request, own.memory(), own::align);
            return new Solved<>(results, sink.encode(results));
        }
    }

    private void writeNext() {
        try {
            var solved = inFlight.removeFirst().get();
            var results = solved.results();
            count += results.count();
            refused += results.refused();
            failed += results.failed();
            for (var code : List.of(HeldBack.BROKEN, HeldBack.REJECTED)) {
                var here = results.heldBack(code);
                if (!here.isEmpty()) {
                    held.merge(
                            code,
                            new Held(here.getFirst(), here.size()),
                            (before, more) -> new Held(before.first(), before.count() + more.count()));
                }
            }
            sink.write(solved.encoded());
        } catch (ExecutionException e) {
            givenUp.addAll(inFlight);
            inFlight.clear();
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AlignmentException(StandardErrorCode.CANCELLED, "solving was interrupted; start it again", e);
        } catch (IOException e) {
            throw new AnswerSink.Failure(e);
        }
    }

    private List<Issue> issues(List<Issue> told) {
        var issues = new ArrayList<Issue>();
        var kinds = new LinkedHashMap<List<Object>, Integer>();
        for (var issue : told) {
            if (kinds.merge(List.of(issue.severity(), issue.code()), 1, Integer::sum) <= TOLD_OF_ONE_KIND) {
                issues.add(issue);
            }
        }
        for (var code : List.of(HeldBack.BROKEN, HeldBack.REJECTED)) {
            var here = held.get(code);
            if (here != null) {
                issues.add(GameResults.issue(here.first(), here.count(), request.algorithm()));
            }
        }
        kinds.forEach((kind, times) -> {
            if (times > TOLD_OF_ONE_KIND) {
                issues.add(new Issue(
                        (Issue.Severity) kind.getFirst(),
                        (String) kind.getLast(),
                        "the same of other games, " + (times - TOLD_OF_ONE_KIND) + " times more",
                        ""));
            }
        });
        return issues;
    }

    /// The solver, from the first batch on, and the threads on which batches are solved.
    private static final class Running implements AutoCloseable {

        private final Supplier<GameSolver> starting;
        private final ExecutorService threads = Executors.newFixedThreadPool(
                SOLVED_AT_A_TIME, Thread.ofPlatform().name("games-", 0).daemon().factory());
        private final List<GameSolver> started = new ArrayList<>(1);

        Running(Supplier<GameSolver> starting) {
            this.starting = starting;
        }

        <T> Future<T> submit(Function<GameSolver, T> work) {
            if (started.isEmpty()) {
                started.add(starting.get());
            }
            var solver = started.getFirst();
            return threads.submit(() -> work.apply(solver));
        }

        List<Issue> issues() {
            return started.stream().flatMap(solver -> solver.issues().stream()).toList();
        }

        // what still runs was given up
        @Override
        public void close() {
            threads.shutdownNow();
            boolean interrupted = false;
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException _) {
                interrupted = true;
            }
            started.forEach(GameSolver::close);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
