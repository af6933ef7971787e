package org.polyphony.engine.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.certify.CertificateJson;
import org.polyphony.engine.certify.Standing;
import org.polyphony.engine.page.SectionJson;
import org.polyphony.engine.run.CandidateReview;
import org.polyphony.engine.run.StudyOutcome;
import org.polyphony.engine.run.StudyOutcome.Solved;
import org.polyphony.engine.run.StudySeats;
import org.polyphony.spi.alignment.CertifiedSolution;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.evaluation.Metric;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.safety.NormRule;

/// A study's outcome as a JSON document: `docs/reference/report.md` describes it. The same outcome gives the
/// same bytes: no clock, path or host is in it.
public final class StudyReport {

    /// Version of the document's layout; a change that readers would notice raises it.
    public static final int VERSION = 3;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final StudyOutcome outcome;
    private final StudyOutcome.Answers answers;
    private final ObjectNode root = NODES.objectNode();

    private StudyReport(StudyOutcome outcome) {
        this.outcome = outcome;
        this.answers = outcome.answers();
    }

    /// The document.
    public static ObjectNode of(StudyOutcome outcome) {
        var report = new StudyReport(outcome);
        report.study();
        report.data();
        report.review();
        report.formulations();
        report.items();
        report.evaluation();
        report.provenance();
        return report.root;
    }

    /// The document as UTF-8 text with a final newline.
    public static String text(ObjectNode document) {
        try {
            return JSON.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes could not be written", e);
        }
    }

    private void study() {
        var plan = outcome.plan();
        root.put("report", "polyphony.study").put("version", VERSION);
        var study = root.putObject("study");
        var identity = plan.identity();
        study.put("name", identity.name())
                .put("description", identity.description())
                .put("seed", identity.seed());
        study.put("split", plan.people().split().name().toLowerCase(java.util.Locale.ROOT));
        study.put("partition", plan.measuring().partition().orElse(null));
        study.put("attribute", plan.people().seats().name());
        var context = study.putObject("context");
        new TreeMap<>(plan.solving().context()).forEach(context::put);
        var seats = root.putArray("stakeholders");
        for (int s = 0; s < stakeholders().size(); s++) {
            seats.addObject()
                    .put("name", stakeholders().get(s))
                    .put("weight", outcome.people().weights().getDouble(s));
        }
    }

    private List<String> stakeholders() {
        return outcome.people().seats();
    }

    private void data() {
        var judgments = outcome.data().judgments();
        var data = root.putObject("data");
        data.put("judgments", judgments.count())
                .put("trained", outcome.people().trained())
                .put("annotators", judgments.judges().count())
                .put("items", judgments.candidates().items().size())
                .put("candidates", judgments.candidates().ids().size());
        double weight = 0;
        for (int n = 0; n < judgments.count(); n++) {
            weight += judgments.weight(n);
        }
        data.put("weight", weight);
        var forms = new TreeMap<String, Integer>();
        for (int n = 0; n < judgments.count(); n++) {
            forms.merge(judgments.form(n).name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
        }
        var formsNode = data.putObject("forms");
        forms.forEach(formsNode::put);
        var wanted = outcome.plan().people().seats();
        var seating = StudySeats.all(judgments, wanted);
        var seats = seating.seats(judgments);
        var counts = new int[seating.seats().size() + 1];
        var people = new BitSet[counts.length];
        Arrays.setAll(people, _ -> new BitSet());
        for (int n = 0; n < seats.length; n++) {
            int slot = seats[n] == Seating.NONE ? counts.length - 1 : seats[n];
            counts[slot]++;
            people[slot].set(judgments.judge(n));
        }
        var node = data.putObject("attribute").put("name", wanted.name());
        var levels = node.putArray("levels");
        for (int seat = 0; seat < counts.length - 1; seat++) {
            var name = seating.ids().get(seat);
            levels.addObject()
                    .put("name", name)
                    .put("judgments", counts[seat])
                    .put("annotators", people[seat].cardinality())
                    .put("seat", stakeholders().contains(name));
        }
        node.putObject("blank")
                .put("judgments", counts[counts.length - 1])
                .put("annotators", people[counts.length - 1].cardinality());
    }

    private void review() {
        var review = answers.review();
        var node = root.putObject("review");
        var sets = node.putArray("constraints");
        for (var set : review.constraints()) {
            sets.addObject()
                    .put("name", set.name())
                    .put("version", set.version())
                    .put("sha256", set.digest());
        }
        node.put("candidates", review.mask().size())
                .put("checkedTexts", review.checkedTexts())
                .put("refused", review.refusals().size())
                .put(
                        "universal",
                        review.refusals().stream()
                                .filter(CandidateReview.Refusal::universal)
                                .count());
        var items = node.putArray("refusedItems");
        review.refusedItems().forEach(items::add);
        var refusals = node.putArray("refusals");
        for (var refusal : review.refusals()) {
            var rules = refusals.addObject()
                    .put("item", refusal.item())
                    .put("candidate", refusal.candidate())
                    .put("universal", refusal.universal())
                    .putArray("rules");
            refusal.rules().forEach(rules::add);
        }
        var norms = node.putArray("norms");
        review.norms().forEach(norm -> norm.rules().forEach(rule -> norm(norms.addObject(), norm, rule)));
    }

    private void norm(ObjectNode node, CandidateReview.Norm norm, NormRule rule) {
        var objection = norm.objection(rule);
        node.put("rule", objection)
                .put("reason", rule.reason())
                .put("source", rule.source())
                .put(
                        "refused",
                        answers.review().refusals().stream()
                                .filter(refusal -> refusal.rules().contains(objection))
                                .count());
        rule.support()
                .ifPresent(support -> node.putObject("support")
                        .put("supporting", support.supporting())
                        .put("asked", support.asked()));
    }

    private void formulations() {
        var array = root.putArray("formulations");
        answers.solved().ifPresent(solved -> {
            array.add(summary(solved, solved.uniform()));
            solved.solutions().forEach(solution -> array.add(summary(solved, solution)));
        });
    }

    private ObjectNode summary(Solved solved, CertifiedSolution solution) {
        var node = NODES.objectNode();
        node.put("name", solution.label())
                .put("formulation", solution.formulation())
                .put("algorithm", solution.algorithm())
                .put("leftOut", solution.leftOut().orElse(null));
        node.set("about", about(solution));
        int converged = 0;
        int unique = 0;
        double worstGap = Double.NaN;
        double worstGapTau = Double.NaN;
        double tauLow = Double.POSITIVE_INFINITY;
        double tauHigh = Double.NEGATIVE_INFINITY;
        var gain = new double[stakeholders().size()];
        Arrays.fill(gain, Double.NaN);
        int games = solution.solution().count();
        for (int n = 0; n < games; n++) {
            if (!Standing.of(solution, n).published()) {
                continue;
            }
            var answer = solution.solution().solution(n);
            var certificate = solution.certificate(n);
            converged += answer.converged() ? 1 : 0;
            unique += certificate.uniqueGuaranteed() ? 1 : 0;
            worstGap = larger(worstGap, certificate.gap());
            worstGapTau = larger(worstGapTau, certificate.gapTau());
            tauLow = Math.min(tauLow, answer.tau());
            tauHigh = Math.max(tauHigh, answer.tau());
            for (int s = 0; s < gain.length; s++) {
                gain[s] = larger(gain[s], certificate.unilateralGain().getDouble(s));
            }
        }
        var standings = node.put("games", games).putObject("standing");
        for (var standing : Standing.values()) {
            standings.put(standing.name(), standing.count(solution));
        }
        int certified = Standing.CERTIFIED.count(solution);
        node.put("refused", games - certified - Standing.VALID.count(solution))
                .put("accepted", certified)
                .put("converged", converged);
        node.put("uniqueGuaranteed", unique);
        node.set("worstGap", CertificateJson.number(worstGap));
        node.set("worstGapTau", CertificateJson.number(worstGapTau));
        node.set("unjudged", unjudged(solved, solution));
        node.set("tau", tauLow > tauHigh ? NODES.nullNode() : range(tauLow, tauHigh));
        var gains = node.putObject("largestUnilateralGain");
        for (int s = 0; s < gain.length; s++) {
            gains.set(stakeholders().get(s), CertificateJson.number(gain[s]));
        }
        return node;
    }

    private static JsonNode unjudged(Solved solved, CertifiedSolution solution) {
        return UnjudgedPairs.of(solved.estimate(), solved.games(), solution)
                .<JsonNode>map(
                        mass -> NODES.objectNode().put("mean", mass.mean()).put("largest", mass.largest()))
                .orElse(NODES.nullNode());
    }

    // what the formulation is, for readers; the gaps' words only where it is proved
    private JsonNode about(CertifiedSolution solution) {
        var wording = outcome.wording(solution.formulation());
        if (wording.isEmpty()) {
            return NODES.nullNode();
        }
        var words = wording.get();
        var node = NODES.objectNode().put("title", words.title()).put("sentence", words.sentence());
        return words.proved() ? node.put("gap", words.gap()).put("gapTau", words.gapTau()) : node;
    }

    // NaN where nothing was measured yet
    private static double larger(double worst, double value) {
        return Double.isNaN(worst) || value > worst ? value : worst;
    }

    private void items() {
        var candidates = outcome.data().judgments().candidates();
        var array = root.putArray("items");
        var nodes = new ObjectNode[candidates.items().size()];
        for (int b = 0; b < nodes.length; b++) {
            var node = array.addObject();
            nodes[b] = node;
            node.put("id", candidates.items().get(b))
                    .put("prompt", candidates.prompts().get(b));
            for (var attribute : candidates.attributes().ofItems()) {
                node.withObject("/attributes")
                        .put(attribute.name(), attribute.values().get(b));
            }
            var list = node.putArray("candidates");
            for (int m = candidates.first(b); m < candidates.first(b) + candidates.count(b); m++) {
                var candidate = list.addObject()
                        .put("id", candidates.ids().get(m))
                        .put("text", candidates.texts().get(m))
                        .put("allowed", answers.review().allowed(m));
                for (var attribute : candidates.attributes().ofCandidates()) {
                    candidate
                            .withObject("/attributes")
                            .put(attribute.name(), attribute.values().get(m));
                }
            }
        }
        answers.solved().ifPresent(solved -> {
            attach(nodes, solved.games(), solved.uniform());
            solved.solutions().forEach(solution -> attach(nodes, solved.games(), solution));
        });
    }

    private void attach(ObjectNode[] items, PreferenceGames games, CertifiedSolution solution) {
        for (int n = 0; n < games.count(); n++) {
            var node = items[games.game(n).item()].withObject("/formulations").putObject(solution.label());
            var certificate = solution.certificate(n);
            var standing = Standing.of(solution, n);
            node.put("standing", standing.name());
            if (!standing.published()) {
                node.put("refused", true);
                node.set("residual", CertificateJson.number(certificate.gapTau()));
                continue;
            }
            var answer = solution.solution().solution(n);
            node.set("policy", CertificateJson.numbers(answer.policy()));
            if (answer.hasProfile()) {
                var profile = node.putObject("profile");
                for (int s = 0; s < games.stakeholders().size(); s++) {
                    profile.set(games.stakeholders().get(s), CertificateJson.numbers(answer.profile(s)));
                }
            }
            node.set("certificate", CertificateJson.of(certificate, answer, standing, games.stakeholders()));
        }
    }

    private void evaluation() {
        var metrics = root.putArray("metrics");
        outcome.evaluation().metrics().forEach(metric -> metrics.add(metric(metric)));
        root.set("findings", SectionJson.headlines(outcome.evaluation().sentences()));
        root.set("sections", SectionJson.of(outcome.evaluation().sections()));
        var issues = root.putArray("issues");
        for (var issue : outcome.issues()) {
            issues.addObject()
                    .put("severity", issue.severity().name().toLowerCase(java.util.Locale.ROOT))
                    .put("code", issue.code())
                    .put("message", issue.message())
                    .put("location", issue.location());
        }
    }

    private static ObjectNode metric(Metric metric) {
        var node = NODES.objectNode().put("name", metric.name());
        var labels = node.putObject("labels");
        metric.labels().forEach(labels::put);
        node.put("value", metric.value());
        node.set("low", optional(metric.low()));
        node.set("high", optional(metric.high()));
        return node.put("count", metric.count()).put("unit", metric.unit());
    }

    private void provenance() {
        var inputs = root.putArray("inputs");
        for (var input : outcome.data().inputs()) {
            inputs.addObject()
                    .put("name", input.name())
                    .put("sha256", input.sha256())
                    .put("bytes", input.bytes());
        }
        var plugins = root.putArray("plugins");
        for (var plugin : outcome.setup().plugins()) {
            plugins.addObject()
                    .put("slot", plugin.slot())
                    .put("id", plugin.id())
                    .put("version", plugin.version())
                    .put("sha256", plugin.sha256())
                    .put("generation", plugin.generation());
        }
        var settings = root.putObject("settings");
        outcome.setup().settings().forEach((slot, values) -> settings.set(slot, value(values)));
    }

    private static JsonNode value(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case java.util.Map<?, ?> map -> {
                var node = NODES.objectNode();
                map.forEach((key, inner) -> node.set(String.valueOf(key), value(inner)));
                yield node;
            }
            case Collection<?> list -> {
                var node = NODES.arrayNode();
                list.forEach(element -> node.add(value(element)));
                yield node;
            }
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Double number ->
                Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
            default -> NODES.textNode(value.toString());
        };
    }

    private static ObjectNode range(double low, double high) {
        return NODES.objectNode().put("low", low).put("high", high);
    }

    private static JsonNode optional(OptionalDouble value) {
        return value.isPresent() ? NODES.numberNode(value.getAsDouble()) : NODES.nullNode();
    }
}
