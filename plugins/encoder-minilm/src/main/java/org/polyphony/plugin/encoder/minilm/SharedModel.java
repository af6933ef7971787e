package org.polyphony.plugin.encoder.minilm;

import org.jspecify.annotations.Nullable;

/// The one [SentenceModel] of this copy of the bundle: opened by the first call, closed when the bundle has stopped
/// and the last call has ended, because a native session closed under a call ends the process.
final class SharedModel {

    /// What the encoders of this copy share.
    static final SharedModel SHARED = new SharedModel();

    private @Nullable SentenceModel model;
    private int users;
    private boolean stopped;

    /// A right to use the model, until it is closed.
    ///
    /// @throws IllegalStateException after [#stop]
    synchronized Use acquire() {
        if (stopped) {
            throw new IllegalStateException("this version of the encoder has been replaced");
        }
        if (model == null) {
            model = SentenceModel.open();
        }
        users++;
        return new Use(this, model);
    }

    /// Closes the model as soon as nobody uses it.
    synchronized void stop() {
        stopped = true;
        closeIfIdle();
    }

    private synchronized void release() {
        users--;
        closeIfIdle();
    }

    private void closeIfIdle() {
        if (stopped && users == 0 && model != null) {
            model.close();
            model = null;
        }
    }

    /// One user of the model; many threads may share it.
    record Use(SharedModel owner, SentenceModel model) implements AutoCloseable {

        double[] vector(String text, int maxTokens) {
            return model.vector(text, maxTokens);
        }

        @Override
        public void close() {
            owner.release();
        }
    }
}
