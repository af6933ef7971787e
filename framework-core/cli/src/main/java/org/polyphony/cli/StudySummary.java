package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.polyphony.engine.study.StudyOutcome;
import org.polyphony.spi.evaluation.Finding;

/// The few lines of a study's outcome that belong on a terminal; the report has the rest.
final class StudySummary {

    private final StudyOutcome outcome;

    StudySummary(StudyOutcome outcome) {
        this.outcome = outcome;
    }

    void print(List<Path> written, boolean json) {
        if (json) {
            System.out.println(Tables.json(document(written)));
            return;
        }
        var rows = new ArrayList<List<String>>();
        for (var solution : outcome.solutions()) {
            int games = 0;
            int accepted = 0;
            double worst = 0;
            for (int b = 0; b < solution.certificates().size(); b++) {
                var certificate = solution.certificates().get(b);
                for (int g = 0; g < certificate.accepted().size(); g++) {
                    games++;
                    accepted += certificate.accepted().getByte(g);
                    double gap = certificate.gapTau().getDouble(g);
                    worst = Double.isNaN(gap) ? worst : Math.max(worst, gap);
                }
            }
            rows.add(List.of(
                    solution.formulation(),
                    solution.algorithm(),
                    accepted + " of " + games,
                    String.format(Locale.ROOT, "%.1e", worst)));
        }
        Tables.print(List.of("formulation", "algorithm", "certified", "worst gap"), rows);
        var findings = outcome.evaluation().findings();
        var first = findings.stream().filter(StudySummary::comesFirst).toList();
        first.forEach(finding -> System.out.println("* " + part(finding) + finding.text()));
        if (first.size() < findings.size()) {
            System.out.println("(" + (findings.size() - first.size()) + " more findings in the report)");
        }
        written.forEach(path -> System.out.println("wrote " + path));
    }

    // whether groups differ comes before everything else that is said about them
    private static boolean comesFirst(Finding finding) {
        return (finding.code().startsWith("groups.") && !finding.code().equals("groups.by-item"))
                || finding.code().startsWith("truth.verdict")
                || finding.code().equals("policies.no-winner-named");
    }

    private static String part(Finding finding) {
        var part = finding.labels().getOrDefault("partition", "all");
        return part.equals("all") ? "" : "[" + part + "] ";
    }

    private Map<String, Object> document(List<Path> written) {
        var document = new LinkedHashMap<String, Object>();
        document.put("study", outcome.plan().name());
        document.put(
                "findings",
                outcome.evaluation().findings().stream().map(Finding::text).toList());
        document.put("files", written.stream().map(Path::toString).toList());
        return document;
    }
}
