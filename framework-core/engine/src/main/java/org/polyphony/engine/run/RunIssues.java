package org.polyphony.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.polyphony.spi.error.Issue;

/// What the user should know about a run. Plugins report from many threads; the same thing is told once.
final class RunIssues {

    private final Set<Issue> told = new HashSet<>();
    private final List<Issue> issues = new ArrayList<>();
    private final RunListener listener;
    private volatile String part = "";

    RunIssues(RunListener listener) {
        this.listener = listener;
    }

    /// What is being worked on, where that is not the whole study; empty where it is.
    String part() {
        return part;
    }

    void part(String which) {
        part = which;
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
