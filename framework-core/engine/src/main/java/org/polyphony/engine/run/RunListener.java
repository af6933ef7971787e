package org.polyphony.engine.run;

import org.polyphony.spi.error.Issue;

/// Hears how a run goes. Called from several threads; implementations are thread-safe and quick.
public interface RunListener {

    /// A stage starts: `stage` is its slot, `what` says what it does.
    void stageStarted(String stage, String what);

    /// A stage has done so much of so much.
    void stageProgress(String stage, long done, long total);

    /// A stage is done; `summary` says what came of it.
    void stageFinished(String stage, String summary);

    /// Something the user should know.
    void issue(Issue issue);

    /// Hears nothing.
    static RunListener silent() {
        return new RunListener() {
            @Override
            public void stageStarted(String stage, String what) {}

            @Override
            public void stageProgress(String stage, long done, long total) {}

            @Override
            public void stageFinished(String stage, String summary) {}

            @Override
            public void issue(Issue issue) {}
        };
    }
}
