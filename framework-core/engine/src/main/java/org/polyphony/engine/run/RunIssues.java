package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.polyphony.spi.error.Issue;

/// What the user should know about a run. Plugins report from many threads; the same thing is told once.
final class RunIssues {

    private final Set<Issue> issues = new LinkedHashSet<>();
    private final RunListener listener;

    RunIssues(RunListener listener) {
        this.listener = listener;
    }

    synchronized void add(Issue issue) {
        if (issues.add(issue)) {
            listener.issue(issue);
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
