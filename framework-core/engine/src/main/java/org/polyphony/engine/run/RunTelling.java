package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.polyphony.engine.bus.Run;
import org.polyphony.engine.bus.Stage;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.spi.error.Issue;

/// What a run tells people: how far its stages are, by where their plugins stand in the plan, and what the user should
/// know. Plugins report from many threads; the same thing is told once.
final class RunTelling implements Run.Listener {

    private final Set<Issue> told = new HashSet<>();
    private final List<Issue> issues = new ArrayList<>();
    private final RunListener listener;
    private final Map<String, String> paths;
    private volatile String part = "";

    /// @param paths where in the plan the plugins stand, by the slot that they fill
    RunTelling(RunListener listener, Map<String, String> paths) {
        this.listener = listener;
        this.paths = paths;
    }

    /// Says what is being worked on, where that is not the whole study; empty where it is.
    void part(String which) {
        part = which;
    }

    void started(PluginUse use, String what) {
        listener.stageStarted(use.path(), ofPart(what));
    }

    void finished(PluginUse use, String what) {
        listener.stageFinished(use.path(), ofPart(what));
    }

    private String ofPart(String what) {
        return part.isEmpty() ? what : what + " " + part;
    }

    @Override
    public void advanced(Stage stage, long done, long total) {
        listener.stageProgress(paths.getOrDefault(stage.slot(), stage.slot()), done, total);
    }

    @Override
    public void issue(Stage stage, Issue issue) {
        add(issue);
    }

    /// Adds an issue, unless it was told before: what is said of a part again is not news.
    synchronized void add(Issue issue) {
        if (told.add(issue)) {
            var where = part.isEmpty() ? "" : part + ": ";
            var added = new Issue(issue.severity(), issue.code(), where + issue.message(), issue.location());
            issues.add(added);
            listener.issue(added);
        }
    }

    /// In an order that does not depend on threads.
    synchronized List<Issue> sorted() {
        var sorted = new ArrayList<>(issues);
        sorted.sort(Comparator.comparing(Issue::severity)
                .reversed()
                .thenComparing(Issue::code)
                .thenComparing(Issue::location)
                .thenComparing(Issue::message));
        return sorted;
    }
}
