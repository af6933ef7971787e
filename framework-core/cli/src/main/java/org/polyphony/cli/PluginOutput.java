package org.polyphony.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Keeps standard streams for the command: what other threads than its own print goes to the log, under the name of
/// the thread, which is the plugin's where it runs one; what they read is at its end.
final class PluginOutput {

    private static final Thread COMMAND = Thread.currentThread();
    private static final PrintStream ERR = System.err;

    private PluginOutput() {}

    /// Begins. Called once, on the command's thread.
    static void capture(ProcessLog log) {
        System.setIn(new Input(System.in));
        System.setOut(stream(System.out, log));
        System.setErr(stream(System.err, log));
    }

    /// Standard error itself, for messages of the engine that come on other threads.
    static PrintStream err() {
        return ERR;
    }

    private static PrintStream stream(PrintStream own, ProcessLog log) {
        return new PrintStream(new Output(own, log), true, StandardCharsets.UTF_8);
    }

    private static boolean isCommand() {
        return Thread.currentThread() == COMMAND;
    }

    private static final class Output extends OutputStream {

        private final PrintStream own;
        private final ProcessLog log;

        Output(PrintStream own, ProcessLog log) {
            this.own = own;
            this.log = log;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            if (isCommand()) {
                own.write(bytes, from, count);
            } else {
                log.write(Thread.currentThread().getName(), new String(bytes, from, count, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void flush() {
            if (isCommand()) {
                own.flush();
            }
        }
    }

    private static final class Input extends InputStream {

        private final InputStream own;

        Input(InputStream own) {
            this.own = own;
        }

        @Override
        public int read() throws IOException {
            return isCommand() ? own.read() : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            return isCommand() ? own.read(bytes, from, count) : -1;
        }

        @Override
        public int available() throws IOException {
            return isCommand() ? own.available() : 0;
        }
    }
}
