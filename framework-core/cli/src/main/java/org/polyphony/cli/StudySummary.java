package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.report.UnseenTable;
import org.polyphony.engine.study.StudyOutcome;
import org.polyphony.spi.alignment.CertifiedSolution;
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
            if (solution.leftOut().isPresent()) {
                continue;
            }
            double gap = Double.NaN;
            double gapTau = Double.NaN;
            double tau = 0;
            for (int n = 0; n < solution.solution().count(); n++) {
                if (Standing.of(solution, n).published()) {
                    gap = larger(gap, solution.certificate(n).gap());
                    gapTau = larger(gapTau, solution.certificate(n).gapTau());
                    tau = Math.max(tau, solution.solution().solution(n).tau());
                }
            }
            rows.add(List.of(
                    solution.label(),
                    solution.algorithm(),
                    standing(solution),
                    Tables.gap(gap),
                    tau > 0 ? Tables.gap(gapTau) + " at tau " + tau : "–"));
        }
        Tables.print(List.of("formulation", "algorithm", "standing", "worst gap", "of the regularised game"), rows);
        outcome.solutions().stream()
                .map(CertifiedSolution::formulation)
                .distinct()
                .map(outcome::wording)
                .flatMap(Optional::stream)
                .forEach(wording ->
                        System.out.println(Printable.message(wording.formulation() + ": " + wording.sentence())));
        UnseenTable.of(outcome).ifPresent(StudySummary::print);
        var findings = outcome.evaluation().findings();
        var first = findings.stream().filter(StudySummary::comesFirst).toList();
        first.forEach(finding -> System.out.println("* " + Printable.message(part(finding) + finding.text())));
        if (first.size() < findings.size()) {
            System.out.println("(" + (findings.size() - first.size()) + " more findings in the report)");
        }
        written.forEach(path -> System.out.println(Printable.message("wrote " + path)));
    }

    private static String standing(CertifiedSolution solution) {
        int games = solution.certificates().stream()
                .mapToInt(bucket -> Math.toIntExact(bucket.accepted().size()))
                .sum();
        return Arrays.stream(Standing.values())
                .filter(standing -> standing.count(solution) > 0)
                .map(standing -> standing + " " + standing.count(solution) + " of " + games)
                .collect(Collectors.joining(", "));
    }

    // NaN where nothing was measured yet
    private static double larger(double worst, double value) {
        return Double.isNaN(worst) || value > worst ? value : worst;
    }

    private static void print(UnseenTable table) {
        System.out.printf(
                Locale.ROOT,
                "On items never seen (%d items, the %d values of %s left out in turn), worst-off utility on judges"
                        + " never learned from; 95 %% by judges, by %s:%n",
                table.items(),
                table.values(),
                Printable.cell(table.attribute()),
                Printable.cell(table.attribute()));
        var rows = new ArrayList<List<String>>();
        for (var row : table.rows()) {
            var cells = new ArrayList<String>();
            cells.add(row.policy() + (row.role().equals("ceiling") ? " (ceiling: has seen the items)" : ""));
            cells.add(String.format(Locale.ROOT, "%.3f", row.worstOff().value()));
            for (var baseline : UnseenTable.BASELINES) {
                var difference = row.differences().get(baseline);
                cells.add(
                        difference == null
                                ? ""
                                : String.format(Locale.ROOT, "%+.3f", difference.value())
                                        + interval(difference.judges())
                                        + interval(difference.items()));
            }
            rows.add(cells);
        }
        Tables.print(List.of("policy", "worst-off", "minus uniform", "minus longest"), rows);
    }

    private static String interval(Optional<UnseenTable.Interval> interval) {
        return interval.map(of -> String.format(Locale.ROOT, " [%+.3f, %+.3f]", of.low(), of.high()))
                .orElse("");
    }

    // whether groups differ comes before everything else that is said about them
    private static boolean comesFirst(Finding finding) {
        return (finding.code().startsWith("groups.") && !finding.code().equals("groups.by-item"))
                || finding.code().startsWith("data.")
                || finding.code().equals("safety.texts")
                || finding.code().startsWith("truth.verdict")
                || finding.code().equals("policies.no-winner-named")
                || finding.code().equals("policies.unseen");
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
