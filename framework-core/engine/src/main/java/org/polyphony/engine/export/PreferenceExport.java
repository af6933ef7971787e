package org.polyphony.engine.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.polyphony.engine.plan.StudyPlan;
import org.polyphony.engine.plan.StudyPlan.AlgorithmUse;
import org.polyphony.engine.plan.StudyPlan.Measuring;
import org.polyphony.engine.plan.StudyPlan.Solving;
import org.polyphony.engine.result.ResultFolder;
import org.polyphony.engine.run.StudyOutcome;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.support.digest.Digests;
import org.polyphony.verify.Certificate;

/// Writes a study's certified policy as preference pairs in a trainer's layout, with a manifest and a page
/// that explains the columns. The same outcome gives the same bytes: no clock, path or host is in them.
/// Used once, by one thread.
public final class PreferenceExport {

    /// Version of the manifest's layout.
    public static final int VERSION = 1;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final StudyOutcome outcome;
    private final ExportOptions options;
    private final CertifiedSolution solution;
    private final List<ObjectNode> files = new ArrayList<>();
    private PreferencePairs.Counts counts = new PreferencePairs.Counts();

    private PreferenceExport(StudyOutcome outcome, ExportOptions options, CertifiedSolution solution) {
        this.outcome = outcome;
        this.options = options;
        this.solution = solution;
    }

    /// What was written.
    ///
    /// @param manifest the manifest
    /// @param files in the order a reader wants them
    /// @param warnings what the user should know, in sentences
    public record Written(ObjectNode manifest, List<Path> files, List<String> warnings) {}

    /// A study that solves one formulation and measures nothing: the first of its algorithms that it asks
    /// for this formulation, or else its first algorithm, plays it. One that names none is left as it is, and
    /// [#issues] tell so.
    public static StudyPlan plan(StudyPlan plan, String formulation) {
        if (!plan.solves()) {
            return plan;
        }
        var solving = plan.solving();
        var algorithm = solving.algorithms().stream()
                .filter(known -> known.formulations().contains(formulation))
                .findFirst()
                .orElse(solving.algorithms().getFirst());
        return new StudyPlan(
                plan.identity(),
                plan.data(),
                plan.people(),
                new Solving(
                        solving.norms(),
                        solving.context(),
                        List.of(new AlgorithmUse(algorithm.use(), algorithm.name(), List.of(formulation))),
                        Optional.empty()),
                new Measuring(List.of(), plan.measuring().partition()));
    }

    /// What keeps a study from being exported.
    public static List<Issue> issues(StudyPlan plan) {
        return plan.solves()
                ? List.of()
                : List.of(Issue.error(
                        StandardErrorCode.SETTING_INVALID.name(),
                        "study '" + plan.identity().name()
                                + "' names no algorithm: it only measures, so it has no policy to export. Add an"
                                + " 'algorithm' and its profiler to its file",
                        "algorithm"));
    }

    /// Makes sure that nothing is written among files that are something else.
    ///
    /// @throws AlignmentException with code `OUTPUT_NOT_WRITABLE` if the folder holds anything
    public static void requireEmpty(Path folder) {
        ResultFolder.settle(folder);
        try (var entries = Files.exists(folder) && Files.isDirectory(folder)
                ? Files.list(folder)
                : java.util.stream.Stream.<Path>empty()) {
            if (entries.findAny().isPresent()) {
                throw new AlignmentException(
                        StandardErrorCode.OUTPUT_NOT_WRITABLE,
                        "folder " + folder
                                + " is not empty; name another with --out, or give --force to replace what an"
                                + " earlier export left there");
            }
        } catch (IOException e) {
            throw new AlignmentException(
                    StandardErrorCode.OUTPUT_NOT_WRITABLE, "cannot read folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Writes the pairs of a study's outcome, all files or none.
    ///
    /// @param reproduce the command that makes the same bytes again
    /// @throws AlignmentException if the study did not solve the formulation, or no pair is left to write;
    ///     nothing is written then
    public static Written write(StudyOutcome outcome, ExportOptions options, ResultFolder folder, String reproduce) {
        var solution = outcome.answers().solutions().stream()
                .filter(solved -> solved.formulation().equals(options.formulation()))
                .findFirst()
                .orElseThrow(() -> new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "the study has no solution of formulation '" + options.formulation()
                                + "' to export; with one seat there is no stakeholder game"));
        return new PreferenceExport(outcome, options, solution).write(folder, reproduce);
    }

    private Written write(ResultFolder folder, String reproduce) {
        var contents = new LinkedHashMap<String, ResultFolder.Content>();
        var format = options.format();
        contents.put(format.dataFile(), target -> digested(target, format.dataFile(), this::pairs));
        format.companions()
                .forEach((name, document) ->
                        contents.put(name, target -> digested(target, name, out -> out.write(pretty(document)))));
        // after the data: counts and digests are known only then
        contents.put("manifest.json", target -> Files.write(target, pretty(manifest(reproduce))));
        contents.put("README.md", target -> Files.writeString(target, ExportReadme.of(manifest(reproduce), options)));
        var written = folder.replace(
                "", "polyphony.preferences", outcome.plan().identity().name(), contents);
        return new Written(manifest(reproduce), written, warnings());
    }

    @FunctionalInterface
    private interface Bytes {
        void writeTo(OutputStream out) throws IOException;
    }

    private void digested(Path target, String name, Bytes content) throws IOException {
        var digest = Digests.sha256();
        try (var out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(target)), digest)) {
            content.writeTo(out);
        }
        files.add(NODES.objectNode()
                .put("name", name)
                .put("sha256", HexFormat.of().formatHex(digest.digest()))
                .put("bytes", Files.size(target)));
    }

    private void pairs(OutputStream out) throws IOException {
        try {
            counts = PreferencePairs.tell(
                    outcome.answers().solved().orElseThrow().games(),
                    outcome.data().judgments(),
                    solution,
                    options,
                    pair -> line(pair, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (counts.pairs == 0) {
            throw nothing();
        }
    }

    private void line(PreferencePair pair, OutputStream out) {
        try {
            out.write(JSON.writeValueAsBytes(options.format().record(pair)));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AlignmentException nothing() {
        if (counts.items > 0 && counts.refused == counts.items) {
            return new AlignmentException(
                    StandardErrorCode.ALL_REFUSED,
                    "none of " + counts.items
                            + " items has a candidate that may be played; there is nothing to export");
        }
        return new AlignmentException(
                StandardErrorCode.VALUE_INVALID,
                "no pair is left to export of " + counts.items + " items: " + String.join(", ", leftOut()) + "; "
                        + (counts.withoutText > 0
                                ? "a trainer needs the candidates' texts: name their column in the source's settings"
                                : "see 'polyphony study run' for what the data hold"));
    }

    private List<String> leftOut() {
        var parts = new ArrayList<String>();
        parts.add(counts.refused + " refused");
        parts.add(counts.notCertified + " not certified");
        parts.add(counts.single + " with one allowed candidate");
        parts.add(counts.withoutText + " pairs without text");
        if (options.selection() == PairSelection.DECIDED) {
            parts.add(counts.ties + " ties");
        }
        return parts;
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (counts.notCertified > 0) {
            warnings.add(counts.notCertified + " of " + counts.items + " items are left out: the policy of "
                    + solution.algorithm() + " is not certified there");
        }
        if (counts.withoutText > 0) {
            warnings.add(counts.withoutText + " pairs are left out: a candidate's text is not known");
        }
        if (counts.withoutPrompt > 0) {
            warnings.add(counts.withoutPrompt + " of " + counts.items
                    + " items have no prompt: an empty message of the user stands for it");
        }
        if (counts.weightless > 0) {
            warnings.add(counts.weightless + " of " + counts.items
                    + " items have weight 0 on every pair: their policy is a single candidate. A trainer that"
                    + " reads the weights learns nothing there; --weights reference begins at the reference");
        }
        return warnings;
    }

    private ObjectNode manifest(String reproduce) {
        var identity = outcome.plan().identity();
        var root = NODES.objectNode().put("export", "polyphony.preferences").put("version", VERSION);
        root.putObject("study")
                .put("name", identity.name())
                .put("description", identity.description())
                .put("seed", identity.seed());
        root.put("format", options.format().label())
                .put("formulation", options.formulation())
                .put("algorithm", solution.algorithm())
                .put("pairs", options.selection().name().toLowerCase(Locale.ROOT))
                .put("weights", options.weights().name().toLowerCase(Locale.ROOT))
                .put("records", counts.pairs)
                .put("items", counts.items);
        options.step().ifPresentOrElse(step -> root.put("step", step), () -> root.put("step", "1/tau"));
        root.putObject("leftOut")
                .put("refusedItems", counts.refused)
                .put("notCertifiedItems", counts.notCertified)
                .put("itemsWithOneAllowedCandidate", counts.single)
                .put("pairsWithoutText", counts.withoutText)
                .put("ties", options.selection() == PairSelection.DECIDED ? counts.ties : 0);
        var certificate = root.putObject("certificate")
                .put("certifiedItems", counts.items - counts.refused - counts.notCertified - counts.single)
                .put("tolerance", Certificate.TOLERANCE)
                .put("worstGap", counts.worstGap);
        if (counts.tauLow <= counts.tauHigh) {
            certificate.putObject("tau").put("low", counts.tauLow).put("high", counts.tauHigh);
        }
        var stakeholders = root.putArray("stakeholders");
        var people = outcome.people();
        for (int s = 0; s < people.seats().size(); s++) {
            stakeholders
                    .addObject()
                    .put("name", people.seats().get(s))
                    .put("weight", people.weights().getDouble(s));
        }
        root.putArray("files").addAll(files);
        var inputs = root.putArray("inputs");
        outcome.data()
                .inputs()
                .forEach(input -> inputs.addObject()
                        .put("name", input.name())
                        .put("sha256", input.sha256())
                        .put("bytes", input.bytes()));
        var plugins = root.putArray("plugins");
        outcome.setup()
                .plugins()
                .forEach(plugin -> plugins.addObject()
                        .put("slot", plugin.slot())
                        .put("id", plugin.id())
                        .put("version", plugin.version())
                        .put("sha256", plugin.sha256()));
        return root.put("reproduce", reproduce);
    }

    private static byte[] pretty(ObjectNode document) {
        try {
            return (PRETTY.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes could not be written", e);
        }
    }
}
