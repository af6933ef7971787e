package org.polyphony.spi.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs each test of a contract on a thread of a group of its own, and fails it for what its plugin did beside
/// answering: threads that still live, texts on standard output or error, a context used after its call.
///
/// Threads belong to the group of the thread that made them, so that tests may run side by side. A virtual thread
/// belongs to no such group: one that is left behind is found only by what it then does to a context.
final class ContractWatch implements InvocationInterceptor {

    // what an executor's thread needs to end after its executor has been closed; a sound plugin never waits for it
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final InheritableThreadLocal<Wrongs> CURRENT = new InheritableThreadLocal<>();

    /// What is told of one test, by any of its threads.
    static final class Wrongs {

        private final List<String> told = new ArrayList<>();

        synchronized void tell(String wrong) {
            if (!told.contains(wrong)) {
                told.add(wrong);
            }
        }

        private synchronized List<String> told() {
            return List.copyOf(told);
        }
    }

    /// Those of the test that this thread belongs to; null outside a contract's tests.
    static @Nullable Wrongs current() {
        return CURRENT.get();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        var declaring = test.getExecutable().getDeclaringClass();
        if (declaring.isInterface() && test.getTarget().orElse(null) instanceof PluginContract contract) {
            run(invocation, context.getDisplayName(), contract::keeps);
        } else {
            invocation.proceed(); // what the author adds is the author's own
        }
    }

    private static void run(Invocation<Void> test, String name, Predicate<Thread> kept) throws Throwable {
        var wrongs = new Wrongs();
        var failure = new @Nullable Throwable[1];
        var group = new ThreadGroup(name);
        var thread = new Thread(group, () -> failure[0] = outcome(test, wrongs), name);
        thread.setDaemon(true);
        WatchedStreams.install();
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) { // by @Timeout
            e.addSuppressed(stillIn(thread));
            thread.interrupt();
            throw e;
        }
        if (failure[0] != null) {
            throw failure[0];
        }
        WatchedStreams.restore().ifPresent(wrongs::tell);
        for (var left : left(group, kept)) {
            wrongs.tell("it left the thread " + left.getName() + " behind, now in "
                    + Arrays.stream(left.getStackTrace()).limit(8).toList()
                    + "; end what a call starts before it returns, or use context.parallel");
        }
        if (!wrongs.told().isEmpty()) {
            throw new AssertionError(String.join("\n", wrongs.told()));
        }
    }

    private static @Nullable Throwable outcome(Invocation<Void> test, Wrongs wrongs) {
        CURRENT.set(wrongs);
        try {
            test.proceed();
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            CURRENT.remove();
        }
    }

    private static Exception stillIn(Thread thread) {
        var place = new IllegalStateException("the plugin has not answered; it is here");
        place.setStackTrace(thread.getStackTrace());
        return place;
    }

    private static List<Thread> left(ThreadGroup group, Predicate<Thread> kept) throws InterruptedException {
        var threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        var left = new ArrayList<Thread>();
        for (var thread : Arrays.asList(threads).subList(0, count)) {
            boolean common = thread instanceof ForkJoinWorkerThread worker
                    && worker.getPool().equals(ForkJoinPool.commonPool());
            if (!common && !kept.test(thread) && !thread.join(GRACE)) {
                left.add(thread);
            }
        }
        return left;
    }
}
