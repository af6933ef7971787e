package org.polyphony.engine.game;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Where the answers to games go, batch by batch.
///
/// @param <E> what a batch is written as
public interface AnswerSink<E> {

    /// A batch in the form in which it is written. Any thread, several at once.
    E encode(GameResults results);

    /// Writes a batch; they come in the order of the file, on one thread. It is freed, whether it is
    /// written or not.
    void write(E encoded) throws IOException;

    /// Frees a batch that is not written, because something failed.
    default void discard(E encoded) {}

    /// What failed while it was written.
    final class Failure extends UncheckedIOException {

        private static final long serialVersionUID = 1;

        private final IOException what;

        Failure(IOException what) {
            super(what);
            this.what = what;
        }

        IOException what() {
            return what;
        }
    }
}
