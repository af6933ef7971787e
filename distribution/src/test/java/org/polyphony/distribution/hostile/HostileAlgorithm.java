package org.polyphony.distribution.hostile;

import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.AlignmentRequest;
import org.polyphony.spi.alignment.GameBucket;
import org.polyphony.spi.alignment.PolicySolution;
import org.polyphony.spi.alignment.SolutionBucket;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.tensor.Tensor;

/// Solves the game `hostile` by a uniform policy, or does what the environment variable HOSTILE says. What it
/// does wrong it does in studies only: the golden calls of a new plugin, with their stakeholders `a` and `b`, go well.
@Plugin(
        role = AlignmentAlgorithm.class,
        id = "hostile",
        formulations = "hostile",
        settings = HostileSettings.class,
        summary = "Misbehaves as it is told.")
public final class HostileAlgorithm implements AlignmentAlgorithm {

    private static Tensor kept = Tensor.ofDoubles(new double[] {0}, 1);

    /// Fails where the environment variable HOSTILE_START says so.
    public HostileAlgorithm() {
        switch (System.getenv().getOrDefault("HOSTILE_START", "")) {
            case "throw" -> throw new SilentException();
            case "spin" -> spin();
            case "exit" -> System.exit(0);
            default -> {
                // starts
            }
        }
    }

    @Override
    public PolicySolution align(AlignmentRequest request, PluginContext context) {
        var behaviour = System.getenv("HOSTILE");
        if (behaviour != null && !request.games().stakeholders().equals(List.of("a", "b"))) {
            misbehave(behaviour, request, context);
        }
        var buckets = new ArrayList<SolutionBucket>();
        for (var game : request.games().buckets()) {
            buckets.add(uniform(game, context));
        }
        return PolicySolution.of(buckets);
    }

    private static SolutionBucket uniform(GameBucket game, PluginContext context) {
        int k = game.candidates();
        var memory = context.allocator();
        var logPolicy = memory.doubles(game.games(), k).fill(Double.NEGATIVE_INFINITY);
        var converged = memory.bytes(game.games());
        var refused = memory.bytes(game.games());
        for (int n = 0; n < game.games(); n++) {
            int allowed = 0;
            for (int i = 0; i < k; i++) {
                allowed += game.allowed().getByte((long) n * k + i);
            }
            for (int i = 0; i < k; i++) {
                if (game.allowed().getByte((long) n * k + i) == 1) {
                    logPolicy.setDouble((long) n * k + i, -Math.log(allowed));
                }
            }
            refused.setByte(n, (byte) (allowed == 0 ? 1 : 0));
            converged.setByte(n, (byte) 1);
        }
        return SolutionBucket.of(
                logPolicy, memory.doubles(game.games()), memory.ints(game.games()), converged, refused);
    }

    private static void misbehave(String behaviour, AlignmentRequest request, PluginContext context) {
        switch (behaviour) {
            case "exit" -> System.exit(0);
            case "exit-ok" -> System.exit(100); // what the start script takes for success
            case "halt" -> Runtime.getRuntime().halt(0);
            case "exit-reflected" -> reflectedExit();
            case "exit-natively" -> callNatively("_exit", 0);
            case "abort" -> callNatively("abort", null);
            case "crash" -> callNatively("strlen", 0);
            case "spin" -> spin();
            case "deadlock" -> deadlock();
            case "threads" -> immortals();
            case "flood" -> flood(System.out);
            case "flood-error" -> flood(System.err);
            case "print" -> print();
            case "redirect" -> redirect();
            case "hook" -> Runtime.getRuntime().addShutdownHook(new Thread(HostileAlgorithm::spin));
            case "overflow" -> overflow(1);
            case "memory" -> throw new OutOfMemoryError("give me more");
            case "linkage" -> throw new NoSuchMethodError("gone()");
            case "initialiser" -> Initialiser.touch();
            case "error" -> throw new OwnError();
            case "silent" -> throw new SilentException();
            case "long" -> throw new IllegalStateException("x".repeat(50_000_000));
            case "control" -> throw new IllegalStateException("red: \u001b[31m\u0007\r\nand more");
            case "checked" -> sneak(new java.io.IOException("not declared"));
            case "close-memory" -> close(context.allocator());
            case "keep-memory" -> keep(request);
            case "state" -> changeState();
            case "read-input" -> readInput();
            default -> throw new IllegalArgumentException("no behaviour " + behaviour);
        }
    }

    private static void reflectedExit() {
        try {
            Runtime.class.getMethod("exit", int.class).invoke(Runtime.getRuntime(), 0);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // it is hostile
    private static void callNatively(String name, @Nullable Integer argument) {
        var linker = Linker.nativeLinker();
        var address = linker.defaultLookup().find(name).orElseThrow();
        try {
            if (argument == null) {
                linker.downcallHandle(address, FunctionDescriptor.ofVoid()).invoke();
            } else if (name.equals("strlen")) {
                MethodHandle handle = linker.downcallHandle(
                        address, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
                System.err.println(handle.invoke((long) argument));
            } else {
                linker.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                        .invoke((int) argument);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void deadlock() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            deadlock();
        }
    }

    private static void immortals() {
        for (int i = 0; i < 50; i++) {
            var thread = new Thread(HostileAlgorithm::deadlock);
            thread.setDaemon(i % 2 == 0);
            thread.start();
        }
    }

    private static void flood(PrintStream stream) {
        var line = "f".repeat(999);
        while (true) {
            stream.println(line);
        }
    }

    private static void print() {
        System.out.println("a word on standard output");
        System.err.println("a word on standard error");
        System.out.print("an end without a line");
    }

    private static void redirect() {
        var nowhere = new PrintStream(java.io.OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
    }

    private static int overflow(int depth) {
        return depth < 0 ? 0 : overflow(depth + 1) + 1;
    }

    private static final class Initialiser {
        static {
            fail();
        }

        private static void fail() {
            throw new IllegalStateException("never ready");
        }

        static void touch() {}
    }

    private static final class OwnError extends Error {
        private static final long serialVersionUID = 1;

        OwnError() {
            super("an error of its own");
        }
    }

    private static final class SilentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError("no message for you");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause for you");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no trace for you");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no words for you");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static void close(Object allocator) {
        try {
            ((AutoCloseable) allocator).close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keep(AlignmentRequest request) {
        kept = request.games().buckets().getFirst().p();
        var late = new Thread(() -> {
            while (true) {
                kept.getDouble(0);
            }
        });
        late.setDaemon(true);
        late.start();
    }

    private static void changeState() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        System.setProperty("line.separator", "\r\n");
        System.setProperty("file.encoding", "UTF-16");
        System.setProperty("user.dir", "/");
        System.clearProperty("polyphony.home");
        System.clearProperty("java.io.tmpdir");
        Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
    }

    private static void readInput() {
        try {
            if (System.in.read() >= 0) {
                throw new IllegalStateException("standard input is open");
            }
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
