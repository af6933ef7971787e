package org.polyphony.engine.trajectory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.yaml.YamlDocument;
import org.polyphony.engine.yaml.YamlSection;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;

/// Which algorithms are watched, and for how long.
///
/// @param formulation which game is played
/// @param runs the algorithms, in the order of the file
public record TrajectoryPlan(String formulation, List<Run> runs) {

    /// The most iterations a run may have: all budgets together take about 26 times as many.
    public static final int MAX_ITERATIONS = 1_000_000;

    /// The most runs of a plan: a picture holds no more.
    public static final int MAX_RUNS = 8;

    /// One algorithm with its settings.
    ///
    /// @param label what the run is called, unique in the plan
    /// @param algorithm the plugin
    /// @param tau regularisation, > 0; absent means the algorithm's
    /// @param iterations the largest budget, ≥ 1
    public record Run(String label, PluginUse algorithm, OptionalDouble tau, int iterations) {}

    /// A plan with everything wrong in its file.
    public record Read(TrajectoryPlan plan, List<Issue> issues) {}

    /// Reads a plan.
    ///
    /// @throws AlignmentException if the file is absent or no YAML mapping
    public static Read read(Path file) {
        var document = YamlDocument.read(file, "runs");
        var issues = new ArrayList<Issue>();
        var root = new YamlSection(document, "", document.root(), issues);
        var formulation = root.text("formulation", Formulation.POPULATION);
        long iterations = iterations(root, 1000);
        var runs = new ArrayList<Run>();
        var labels = new HashSet<String>();
        for (var section : root.sections("runs")) {
            var run = run(section, iterations);
            if (!labels.add(run.label())) {
                section.problem("label", "occurs twice: '" + run.label() + "'; each run has its own");
            }
            runs.add(run);
        }
        if (runs.isEmpty() || runs.size() > MAX_RUNS) {
            root.problem("runs", "must list 1 to " + MAX_RUNS + " runs, got " + runs.size());
        }
        root.finish();
        return new Read(new TrajectoryPlan(formulation, List.copyOf(runs)), List.copyOf(issues));
    }

    private static Run run(YamlSection section, long orElse) {
        var algorithm = section.section("algorithm");
        var use = new PluginUse(algorithm.text("plugin"), algorithm.tree("settings"), algorithm.path());
        algorithm.finish();
        var label = section.text("label", use.plugin());
        var tau = tau(section);
        long iterations = iterations(section, orElse);
        section.finish();
        return new Run(label, use, tau, (int) iterations);
    }

    private static OptionalDouble tau(YamlSection section) {
        var text = section.text("tau", "");
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double tau = Double.parseDouble(text);
            if (tau > 0 && Double.isFinite(tau)) {
                return OptionalDouble.of(tau);
            }
        } catch (NumberFormatException _) {
            // told below
        }
        section.problem("tau", "must be a number > 0, got '" + text + "'");
        return OptionalDouble.empty();
    }

    private static long iterations(YamlSection section, long orElse) {
        long iterations = section.integer("iterations", orElse);
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            section.problem("iterations", "must be 1 to " + MAX_ITERATIONS + ", got " + iterations);
            return 1;
        }
        return iterations;
    }
}
