package org.polyphony.engine.plan;

import static org.polyphony.spi.error.StandardErrorCode.SETTING_INVALID;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.polyphony.engine.plan.StudyPlan.AlgorithmUse;
import org.polyphony.engine.plan.StudyPlan.Data;
import org.polyphony.engine.plan.StudyPlan.EncoderUse;
import org.polyphony.engine.plan.StudyPlan.Identity;
import org.polyphony.engine.plan.StudyPlan.Measuring;
import org.polyphony.engine.plan.StudyPlan.People;
import org.polyphony.engine.plan.StudyPlan.PluginUse;
import org.polyphony.engine.plan.StudyPlan.Seats;
import org.polyphony.engine.plan.StudyPlan.Solving;
import org.polyphony.engine.plan.StudyPlan.Split;
import org.polyphony.engine.plan.StudyPlan.Text;
import org.polyphony.engine.plan.StudyPlan.Unseen;
import org.polyphony.engine.yaml.YamlDocument;
import org.polyphony.engine.yaml.YamlSection;
import org.polyphony.spi.alignment.Formulation;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.support.settings.NearestName;

/// Reads study files. Every problem of a file is reported, not only the first.
public final class StudyPlanReader {

    private static final List<String> FORMULATIONS =
            List.of(Formulation.POPULATION, Formulation.STAKEHOLDER, Formulation.CONSENSUS);

    private static final int LONGEST_NAME = 100;

    private static final int LEAST_PEOPLE = 5;

    private final List<Issue> issues = new ArrayList<>();

    /// A plan with the problems that keep it from running; none is an error if it may run.
    ///
    /// @param plan the plan, with defaults where a value was wrong
    /// @param issues everything wrong with the file
    public record Read(StudyPlan plan, List<Issue> issues) {}

    /// Reads `file`, with overrides such as `seed=7` or `profiler.settings.shrinkage=30`.
    ///
    /// @throws AlignmentException if the file is absent or no YAML mapping
    public static Read read(Path file, List<String> overrides) {
        var document = YamlDocument.read(file, "study");
        for (var override : overrides) {
            int at = override.indexOf('=');
            if (at < 1) {
                throw new AlignmentException(
                        SETTING_INVALID, "--set takes key=value, got '" + override + "'; for example --set seed=7");
            }
            document = document.with(override.substring(0, at), override.substring(at + 1));
        }
        var reader = new StudyPlanReader();
        return new Read(reader.plan(document), List.copyOf(reader.issues));
    }

    private StudyPlan plan(YamlDocument document) {
        var root = new YamlSection(document, "", document.root(), issues);
        var name = name(root);
        var description = root.text("description", "");
        var source = use(root.section("source"));
        var seats = root.has("seats") ? seats(root.section("seats")) : Seats.everyone();
        var profiler = root.has("profiler") ? Optional.of(use(root.section("profiler"))) : Optional.<PluginUse>empty();
        var norms = root.sections("norms").stream().map(this::use).toList();
        var context = root.texts("context");
        var encoders = root.sections("encoders").stream().map(this::encoder).toList();
        var algorithms = algorithms(root);
        var evaluators = root.sections("evaluators").stream().map(this::use).toList();
        var partition = Optional.of(root.text("partition", "")).filter(value -> !value.isEmpty());
        var splitSection = root.optionalSection("split");
        var split = split(splitSection.text("training", "all"), splitSection);
        splitSection.finish();
        var unseen = unseen(root);
        var seed = root.integer("seed", 1);
        root.finish();
        var plan = new StudyPlan(
                new Identity(name, description, seed),
                new Data(source, encoders),
                new People(seats, profiler, split),
                new Solving(norms, context, algorithms, unseen),
                new Measuring(evaluators, partition));
        check(plan, root);
        return plan;
    }

    // a folder is called so where no other is named with --out
    private static String name(YamlSection root) {
        var name = root.text("study");
        if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            root.problem("study", "must be a name, not a path, got '" + name + "'; say where results go with --out");
        } else if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            root.problem(
                    "study", "must be a name of at most " + LONGEST_NAME + " printable characters, got '" + name + "'");
        } else {
            return name;
        }
        return "study";
    }

    // 'algorithm: {...}' is the same as 'algorithms: [{...}]'; without either the study measures
    private List<AlgorithmUse> algorithms(YamlSection root) {
        var several = root.sections("algorithms");
        if (several.isEmpty()) {
            return root.has("algorithm") ? List.of(algorithm(root.section("algorithm"))) : List.of();
        }
        if (root.has("algorithm")) {
            root.problem("algorithm", "stands beside 'algorithms'; move it into that list");
        }
        return several.stream().map(this::algorithm).toList();
    }

    private AlgorithmUse algorithm(YamlSection section) {
        var formulations = section.list("formulations", FORMULATIONS);
        var name = section.text("name", "");
        var scorer = section.has("scorer") ? Optional.of(use(section.section("scorer"))) : Optional.<PluginUse>empty();
        var use = use(section);
        return new AlgorithmUse(
                use, name.isEmpty() ? use.plugin() : name, List.copyOf(new LinkedHashSet<>(formulations)), scorer);
    }

    private EncoderUse encoder(YamlSection section) {
        var text = switch (section.text("text", "candidate")) {
            case "candidate" -> Text.CANDIDATE;
            case "prompt-and-candidate" -> Text.PROMPT_AND_CANDIDATE;
            default -> {
                section.problem("text", "must be 'candidate' or 'prompt-and-candidate'");
                yield Text.CANDIDATE;
            }
        };
        return new EncoderUse(use(section), text);
    }

    private Optional<Unseen> unseen(YamlSection root) {
        if (!root.has("unseen")) {
            return Optional.empty();
        }
        var section = root.section("unseen");
        var by = switch (section.text("by", "policies")) {
            case "policies" -> Unseen.By.POLICIES;
            case "profiles" -> Unseen.By.PROFILES;
            default -> {
                section.problem("by", "must be 'policies' or 'profiles'");
                yield Unseen.By.POLICIES;
            }
        };
        var unseen = new Unseen(section.text("leave-out"), by, section.list("policies", List.of()));
        section.finish();
        return Optional.of(unseen);
    }

    // what no section can see by itself
    private static void check(StudyPlan plan, YamlSection root) {
        if (!plan.solves()) {
            checkMeasures(plan, root);
            return;
        }
        if (plan.people().profiler().isEmpty()) {
            root.problem(
                    "profiler",
                    "is required where an algorithm is named: it estimates the preferences that the algorithm solves"
                            + " for. Name one, or leave the algorithm out too: then the study measures what people said");
        }
        var labels = new LinkedHashSet<String>();
        for (var policy : plan.solving().policies()) {
            if (!labels.add(policy.label())) {
                root.problem(
                        policy.algorithm().use().path(),
                        "makes a second policy called '" + policy.label() + "'; give one of the algorithms a 'name'");
            }
        }
        boolean scores = plan.solving()
                .unseen()
                .filter(of -> of.by() == Unseen.By.POLICIES)
                .isPresent();
        for (var algorithm : plan.solving().algorithms()) {
            if (algorithm.scorer().isPresent() && !scores) {
                root.problem(
                        algorithm.scorerPath(),
                        "opens policies to answer items left out, and none are; leave it out, or say with 'unseen'"
                                + " which are");
            }
        }
        if (plan.solving().unseen().isEmpty()) {
            return;
        }
        for (var policy : plan.solving().unseen().get().policies()) {
            if (!labels.contains(policy)) {
                root.problem(
                        "unseen.policies",
                        "names no policy of the study: '" + policy + "'" + NearestName.hint(policy, labels)
                                + "; there are " + labels);
            }
        }
        if (plan.people().split() != Split.HALF) {
            root.problem(
                    "unseen",
                    "needs 'split: {training: half}': values come from judges whom no policy has learned from");
        }
    }

    private static void checkMeasures(StudyPlan plan, YamlSection root) {
        if (plan.measuring().evaluators().isEmpty()) {
            root.problem(
                    "evaluators",
                    "is required where no algorithm is named: such a study only measures. Name an evaluator, or an"
                            + " 'algorithm' and its profiler");
        }
        if (plan.solving().unseen().isPresent()) {
            root.problem("unseen", "needs an 'algorithm': it is about the policies that one makes");
        }
    }

    private PluginUse use(YamlSection section) {
        var plugin = section.text("plugin");
        var settings = section.tree("settings");
        section.finish();
        return new PluginUse(plugin, settings, section.path());
    }

    private Seats seats(YamlSection section) {
        var attributes = section.list("attributes", List.of());
        boolean crosses = section.has("attributes");
        if (crosses && (attributes.size() < 2 || new HashSet<>(attributes).size() != attributes.size())) {
            section.problem("attributes", "crosses two or more different attributes, got " + attributes);
        }
        if (crosses && section.has("attribute")) {
            section.problem("attribute", "stands beside 'attributes'; move it into that list");
        }
        attributes = crosses ? attributes : List.of(section.text("attribute"));
        var leastPeople = section.integer("least-people", crosses ? LEAST_PEOPLE : 0);
        if (leastPeople < 0 || leastPeople > Integer.MAX_VALUE || (!crosses && section.has("least-people"))) {
            section.problem(
                    "least-people",
                    "must be a number of people from 0, and needs 'attributes' whose cells it is about");
        }
        var levels = section.list("levels", List.of());
        if (crosses && !levels.isEmpty()) {
            section.problem("levels", "are those of one 'attribute'; of several, every cell with people has a seat");
        }
        var weights = new LinkedHashMap<String, Double>();
        section.tree("weights").forEach((level, value) -> {
            double weight = value instanceof String text ? number(text) : Double.NaN;
            if (weight > 0 && weight < Double.POSITIVE_INFINITY) {
                weights.put(level, weight);
            } else {
                section.problem("weights." + level, "a weight must be a number > 0, got '" + value + "'");
            }
        });
        if (!levels.isEmpty()) {
            for (var level : weights.keySet()) {
                if (!levels.contains(level)) {
                    section.problem("weights." + level, "no such level among " + levels);
                }
            }
        }
        if (new HashSet<>(levels).size() != levels.size()) {
            section.problem("levels", "a level occurs twice in " + levels + "; list each once");
        }
        section.finish();
        return new Seats(attributes, levels, Collections.unmodifiableMap(weights), (int) leastPeople);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    private static Split split(String value, YamlSection section) {
        return switch (value) {
            case "all" -> Split.ALL;
            case "half" -> Split.HALF;
            default -> {
                section.problem("training", "must be 'all' or 'half', got '" + value + "'");
                yield Split.ALL;
            }
        };
    }
}
