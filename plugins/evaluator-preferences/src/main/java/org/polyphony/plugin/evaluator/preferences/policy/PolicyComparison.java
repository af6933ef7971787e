package org.polyphony.plugin.evaluator.preferences.policy;

import static org.polyphony.plugin.evaluator.preferences.report.MetricSheet.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.polyphony.plugin.evaluator.preferences.fit.ScopeJudgments;
import org.polyphony.plugin.evaluator.preferences.fit.SeatVerdicts;
import org.polyphony.plugin.evaluator.preferences.report.MetricSheet;
import org.polyphony.plugin.evaluator.preferences.report.Wording;
import org.polyphony.preferences.score.Interval;
import org.polyphony.spi.preference.Candidates;

/// Policies compared on judges they were not made from: utility of every stakeholder, the worst-off, paired
/// differences.
///
/// U_g(π) = mean over items of π · b_g with the values of [ScoreSums], so uniform scores exactly one half.
/// Worst-off is the minimum over groups of that mean, never the mean of minima. Intervals come from drawing
/// judges and, apart, from drawing items; a difference is of the same draw, hence paired. Policies stay as
/// they are in every draw.
final class PolicyComparison {
    /// The label under which the worst-off group is reported.
    static final String WORST_OFF = "worst-off";

    private final ScopeJudgments judgments;
    private final MetricSheet sheet;
    private final String madeFrom;
    private final List<String> names;
    private final Set<String> baselines;
    private final List<Integer> items;
    /// `[policy][position in items][K]`
    private final double[][][] policies;

    /// @param madeFrom label: which judges the policies were made from
    /// @param policies name → item → probabilities; compared on the items about which all of them have one
    /// @param baselines which of them are baselines, that are not compared with one another
    PolicyComparison(
            ScopeJudgments judgments,
            MetricSheet sheet,
            String madeFrom,
            Map<String, List<Optional<double[]>>> policies,
            Set<String> baselines) {
        this.baselines = baselines;
        this.judgments = judgments;
        this.sheet = sheet;
        this.madeFrom = madeFrom;
        this.names = List.copyOf(policies.keySet());
        List<List<Optional<double[]>>> made = List.copyOf(policies.values());
        this.items = Arrays.stream(judgments.scope().items())
                .filter(item -> policies.values().stream()
                        .allMatch(policy -> policy.get(item).isPresent()))
                .boxed()
                .toList();
        this.policies = new double[names.size()][items.size()][];
        for (int policy = 0; policy < names.size(); policy++) {
            for (int at = 0; at < items.size(); at++) {
                this.policies[policy][at] = made.get(policy).get(items.get(at)).orElseThrow();
            }
        }
    }

    /// What was found.
    ///
    /// @param worstOff name of the policy → utility of its worst-off group
    /// @param claims name of the policy → policy compared with → who gains and who loses, where both
    ///     intervals, of judges and of items, exclude zero; empty unless the verdict allows to name groups
    /// @param worstOffDifferences name of the policy → policy compared with → paired difference in what the
    ///     worst-off group gets
    record Outcome(
            Map<String, Interval> worstOff,
            Map<String, Map<String, List<String>>> claims,
            Map<String, Map<String, Difference>> worstOffDifferences) {}

    /// A paired difference with the intervals of both ways of drawing.
    record Difference(Interval byJudges, Interval byItems) {

        /// Says how it compares; better or worse only where both intervals exclude zero.
        String sentence(String versus) {
            boolean excluded = byJudges.excludesZero() && byItems.excludesZero();
            String items = Double.isFinite(byItems.low())
                    ? " (by items [" + Wording.signed(byItems.low()) + ", " + Wording.signed(byItems.high()) + "])"
                    : "";
            return "Against " + versus + " that is " + Wording.signed(byJudges) + items + ": "
                    + (!excluded ? "not told apart" : byJudges.value() > 0 ? "better" : "worse") + ".";
        }
    }

    /// Compares, and reports into the sheet.
    ///
    /// @param sums how candidates scored with the judges who test
    /// @param judges how many judges test
    Outcome report(ScoreSums sums, int judges, SeatVerdicts verdicts) {
        if (items.isEmpty() || judges == 0 || judgments.pairs().groups() == 0) {
            return new Outcome(Map.of(), Map.of(), Map.of());
        }
        double[] once = new double[judgments.pairs().judges()];
        Arrays.fill(once, 1);
        double[][][] byItem = utilities(sums.values(once));
        double[][] observed = means(byItem, allItems());
        List<double[][]> judgeDraws = judgments
                .parallel()
                .map(
                        judgments.resampling().draws().draws(),
                        draw -> means(
                                utilities(sums.values(
                                        judgments.resampling().draws().weights(draw))),
                                allItems()));
        List<double[][]> itemDraws = itemDraws(byItem);
        Map<String, Interval> worstOff = new LinkedHashMap<>();
        for (int policy = 0; policy < names.size(); policy++) {
            for (int group = 0; group <= groups(); group++) {
                Interval byJudges = interval(observed, judgeDraws, policy, -1, group);
                utility(policy, group, "judges", byJudges, judges);
                utility(policy, group, "items", interval(observed, itemDraws, policy, -1, group), clusterCount());
                if (group == groups()) {
                    worstOff.put(names.get(policy), byJudges);
                }
            }
        }
        Map<String, Map<String, List<String>>> claims = new LinkedHashMap<>();
        Map<String, Map<String, Difference>> differences = new LinkedHashMap<>();
        for (int policy = 0; policy < names.size(); policy++) {
            for (int versus = 0; versus < names.size(); versus++) {
                boolean compared = !baselines.contains(names.get(policy))
                        && policy != versus
                        && (baselines.contains(names.get(versus)) || versus < policy);
                for (int group = 0; compared && group <= groups(); group++) {
                    Interval byJudges = interval(observed, judgeDraws, policy, versus, group);
                    Interval byItems = interval(observed, itemDraws, policy, versus, group);
                    difference(policy, versus, group, "judges", byJudges, judges);
                    difference(policy, versus, group, "items", byItems, clusterCount());
                    if (group == groups()) {
                        differences
                                .computeIfAbsent(names.get(policy), name -> new LinkedHashMap<>())
                                .put(names.get(versus), new Difference(byJudges, byItems));
                    }
                    // one item alone cannot be drawn again: its items interval is missing and excludes nothing
                    boolean byItemsToo = itemDraws.isEmpty() || byItems.excludesZero();
                    if (names(verdicts, group) && byJudges.excludesZero() && byItemsToo) {
                        claims.computeIfAbsent(names.get(policy), name -> new LinkedHashMap<>())
                                .computeIfAbsent(names.get(versus), name -> new ArrayList<>())
                                .add(claim(group, byJudges));
                    }
                }
            }
        }
        return new Outcome(worstOff, claims, differences);
    }

    private boolean names(SeatVerdicts verdicts, int group) {
        return group == groups() ? verdicts.namesAny() : verdicts.names(group);
    }

    private String claim(int group, Interval difference) {
        return (group == groups()
                        ? "the worst-off group"
                        : judgments.study().seats().get(group))
                + (difference.low() > 0 ? " gains " : " loses ")
                + Wording.plain(Math.abs(difference.value()));
    }

    private void utility(int policy, int group, String resampling, Interval value, int count) {
        Map<String, String> labels = labels(policy, resampling);
        if (group == groups()) {
            sheet.add("policy.worst-off", labels, value, count, "probability");
        } else {
            sheet.add("policy.utility", with(labels, "stakeholder", seat(group)), value, count, "probability");
        }
    }

    private void difference(int policy, int versus, int group, String resampling, Interval value, int count) {
        Map<String, String> labels = with(labels(policy, resampling), "versus", names.get(versus));
        if (group == groups()) {
            sheet.add("policy.worst-off-difference", labels, value, count, "probability");
        } else {
            sheet.add("policy.difference", with(labels, "stakeholder", seat(group)), value, count, "probability");
        }
    }

    private Map<String, String> labels(int policy, String resampling) {
        return with(
                with(judgments.labels(), "made-from", madeFrom), "policy", names.get(policy), "resampling", resampling);
    }

    private String seat(int group) {
        return judgments.study().seats().get(group);
    }

    private int groups() {
        return judgments.pairs().groups();
    }

    private Interval interval(double[][] observed, List<double[][]> draws, int policy, int versus, int group) {
        double[] resampled = draws.stream()
                .mapToDouble(draw -> figure(draw, policy, versus, group))
                .toArray();
        return resampled.length == 0
                ? new Interval(figure(observed, policy, versus, group), Double.NaN, Double.NaN)
                : Interval.of95(figure(observed, policy, versus, group), resampled);
    }

    private double figure(double[][] means, int policy, int versus, int group) {
        return one(means[policy], group) - (versus < 0 ? 0 : one(means[versus], group));
    }

    private double one(double[] means, int group) {
        return group < means.length ? means[group] : Arrays.stream(means).min().orElse(Double.NaN);
    }

    /// π · b_g `[policy][group][position in items]`.
    private double[][][] utilities(double[][][] values) {
        double[][][] utilities = new double[names.size()][groups()][items.size()];
        for (int policy = 0; policy < names.size(); policy++) {
            for (int group = 0; group < groups(); group++) {
                for (int at = 0; at < items.size(); at++) {
                    double[] pi = policies[policy][at];
                    double[] b = values[group][items.get(at)];
                    for (int i = 0; i < pi.length; i++) {
                        utilities[policy][group][at] += pi[i] * b[i];
                    }
                }
            }
        }
        return utilities;
    }

    private static double[][] means(double[][][] utilities, int[] positions) {
        double[][] means = new double[utilities.length][];
        for (int policy = 0; policy < means.length; policy++) {
            means[policy] = Arrays.stream(utilities[policy])
                    .mapToDouble(group -> Arrays.stream(positions)
                            .mapToDouble(at -> group[at])
                            .average()
                            .orElse(Double.NaN))
                    .toArray();
        }
        return means;
    }

    private int[] allItems() {
        return java.util.stream.IntStream.range(0, items.size()).toArray();
    }

    private List<double[][]> itemDraws(double[][][] byItem) {
        List<int[]> clusters = clusters();
        List<double[][]> draws = new ArrayList<>();
        for (int draw = 0;
                clusters.size() > 1 && draw < judgments.settings().draws().bootstrapDraws();
                draw++) {
            var random = judgments
                    .context()
                    .random("item-bootstrap." + judgments.scope().name(), draw);
            int[] positions = random.ints(clusters.size(), 0, clusters.size())
                    .flatMap(cluster -> Arrays.stream(clusters.get(cluster)))
                    .toArray();
            draws.add(means(byItem, positions));
        }
        return draws;
    }

    private int clusterCount() {
        return clusters().size();
    }

    /// Positions of the items that are drawn together.
    private List<int[]> clusters() {
        var candidates = judgments.study().judgments().candidates();
        Optional<Candidates.Attribute> attribute = judgments
                .settings()
                .clusters()
                .flatMap(name -> candidates.attributes().ofItems().stream()
                        .filter(a -> a.name().equals(name))
                        .findFirst());
        if (attribute.isEmpty()) {
            return Arrays.stream(allItems()).mapToObj(at -> new int[] {at}).toList();
        }
        Map<String, List<Integer>> members = new TreeMap<>();
        for (int at = 0; at < items.size(); at++) {
            members.computeIfAbsent(attribute.get().values().get(items.get(at)), value -> new ArrayList<>())
                    .add(at);
        }
        return members.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }
}
