package org.polyphony.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.regex.Pattern;

/// How the process ends. Plugins run with its rights and may end it at any moment with status 0; success is
/// therefore what Polyphony's own last step says, and nothing else.
///
/// The start script gives a number that [#end] adds to the status: it takes the sum for Polyphony's own word, and
/// any other status for an end that was not ours. Within the process a shutdown hook sees `System.exit` of a plugin.
final class ProcessEnd {

    private static final int OFFSET = Integer.getInteger("polyphony.status.offset", 0);
    // the start script, whose child this process is as long as it lives
    private static final long STARTER = Long.getLong("polyphony.start.pid", -1);
    private static final long STARTER_MILLIS = 200;
    private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z]+ handler");
    private static final int TERMINATED = 143;
    // hooks of plugins and libraries get this long
    private static final long HOOKS_MILLIS = 5_000;

    private static final int CARRIERS = Math.max(32, 2 * Runtime.getRuntime().availableProcessors());

    // nobody's replacement: plugins may exchange System.err
    private static final PrintStream ERR = new PrintStream(new FileOutputStream(FileDescriptor.err), true);

    private static volatile boolean ended;

    private ProcessEnd() {}

    /// Watches for ends that are not ours, from now on.
    static void watch() {
        // one that a plugin keeps for ever must not be the last
        if (System.getProperty("jdk.virtualThreadScheduler.parallelism") == null) {
            System.setProperty("jdk.virtualThreadScheduler.parallelism", String.valueOf(CARRIERS));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(ProcessEnd::hook, "polyphony exit"));
        if (STARTER >= 0) {
            var watch = new Thread(ProcessEnd::awaitStarter, "polyphony starter");
            watch.setDaemon(true);
            watch.start();
        }
    }

    /// Has SIGTERM and SIGINT ask this command to come to its end, instead of ending the process at once. Where the
    /// system has no such signals, or the JVM lets nobody have them, they do what they always do.
    static void onTermination(Runnable end) {
        for (var name : List.of("TERM", "INT")) {
            try {
                // the only way to a signal; by reflection, because the compiler warns of the class
                var signal = Class.forName("sun.misc.Signal");
                var handler = Class.forName("sun.misc.SignalHandler");
                var proxy = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (self, method, _) -> {
                            if (method.getName().equals("handle")) {
                                end.run();
                                return null;
                            }
                            return method.getName().equals("equals") ? (Object) false : System.identityHashCode(self);
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                System.getLogger(ProcessEnd.class.getName())
                        .log(System.Logger.Level.INFO, "SIG{0} ends the process at once: {1}", name, e);
            }
        }
    }

    /// Ends the process with this status, whatever threads still run and whatever hooks hang. Does not return.
    static void end(int status) {
        ended = true;
        if (status >= Failures.PLUGIN
                && status != Failures.PIPE
                && ProcessLog.get().file().isPresent()) {
            ERR.println("polyphony: details are in " + ProcessLog.get().file().get());
        }
        exit(OFFSET + status);
    }

    private static void exit(int status) {
        var guard = new Thread(
                () -> {
                    sleep(HOOKS_MILLIS);
                    Runtime.getRuntime().halt(status);
                },
                "polyphony halt");
        guard.setDaemon(true);
        guard.start();
        System.exit(status);
    }

    private static void hook() {
        var threads = Thread.getAllStackTraces().keySet();
        if (ended
                || threads.stream()
                        .anyMatch(thread -> SIGNAL.matcher(thread.getName()).matches())) {
            return;
        }
        ERR.println("polyphony: PLUGIN_FAILED: the process ended before Polyphony had finished: a plugin called"
                + " System.exit; report it to the plugin's author");
        // the engine's own hooks delete what it put into the temporary folder
        long end = System.nanoTime() + HOOKS_MILLIS * 1_000_000;
        for (var thread : threads) {
            if (thread.getName().matches("polyphony-.*-exit")) {
                join(thread, Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        }
        Runtime.getRuntime().halt(OFFSET + Failures.PLUGIN);
    }

    // the script is what a user or a supervisor kills: nothing may go on without it. Asked now and then, because a
    // thread that waits in a read would delay every end by the 0.3 s that the JVM grants native code
    private static void awaitStarter() {
        while (ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == STARTER) {
            sleep(STARTER_MILLIS);
        }
        ended = true;
        exit(TERMINATED);
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
