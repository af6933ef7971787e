package org.polyphony.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.run.StudyOutcome;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.evaluation.Headline;

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
        if (outcome.plan().solves()) {
            policies();
        }
        var result = outcome.evaluation();
        int more = result.sentences().size();
        for (var section : result.sections()) {
            for (var headline : section.headlines()) {
                System.out.println("* " + Printable.message(tone(headline) + part(headline) + headline.sentence()));
                more--;
            }
        }
        if (more > 0) {
            System.out.println("(" + more + " more findings in the report)");
        }
        written.forEach(path -> System.out.println(Printable.message("wrote " + path)));
    }

    private void policies() {
        var rows = new ArrayList<List<String>>();
        for (var solution : outcome.answers().solutions()) {
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
        outcome.answers().solutions().stream()
                .map(CertifiedSolution::formulation)
                .distinct()
                .map(outcome::wording)
                .flatMap(Optional::stream)
                .forEach(wording ->
                        System.out.println(Printable.message(wording.formulation() + ": " + wording.sentence())));
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

    private static String tone(Headline headline) {
        return headline.tone() == Headline.Tone.BAD ? "NOT TO BE RELIED ON: " : "";
    }

    private static String part(Headline headline) {
        var part = headline.labels().getOrDefault("partition", "all");
        return part.equals("all") ? "" : "[" + part + "] ";
    }

    private Map<String, Object> document(List<Path> written) {
        var document = new LinkedHashMap<String, Object>();
        document.put("study", outcome.plan().identity().name());
        document.put(
                "findings",
                outcome.evaluation().sentences().stream()
                        .map(Headline::sentence)
                        .toList());
        document.put("files", written.stream().map(Path::toString).toList());
        return document;
    }
}
