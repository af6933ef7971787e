package org.polyphony.benchmarks.verdicts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.polyphony.games.PopulationSolver;
import org.polyphony.preferences.Pairs;
import org.polyphony.preferences.Parallel;
import org.polyphony.preferences.model.Logistic;
import org.polyphony.preferences.verdict.GroupVerdict;
import org.polyphony.preferences.verdict.Lottery;
import org.polyphony.preferences.verdict.SeatComparison;
import org.polyphony.preferences.verdict.SeatResult;

/// Measures how often verdicts are right and writes the table between the markers of the pages it is given.
///
/// `benchmarks/verdicts` runs it. Studies run in parallel, one core each; the same seed gives the same table.
public final class VerdictRates {
    private static final String BEGIN = "<!-- rates: begin -->";
    private static final String END = "<!-- rates: end -->";
    private static final int RELABELLINGS = 199;
    private static final double NEGLIGIBLE = 0.02;
    private static final Lottery LOTTERY =
            (p, k) -> new PopulationSolver().solve(p, k).policy();

    private final long seed;
    private final int nulls;
    private final int others;
    private final StringBuilder table = new StringBuilder();

    private VerdictRates(long seed, int nulls, int others) {
        this.seed = seed;
        this.nulls = nulls;
        this.others = others;
    }

    /// Measures and writes.
    ///
    /// @param arguments seed, replicates of a null scenario, replicates of another, pages
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException(
                    "arguments: SEED NULLS OTHERS [PAGE...], got " + Arrays.toString(arguments));
        }
        VerdictRates rates = new VerdictRates(
                Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        rates.measure();
        for (String page : List.of(arguments).subList(3, arguments.length)) {
            write(Path.of(page), rates.table.toString());
        }
    }

    private static void write(Path page, String table) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(page + " has no " + BEGIN + " before an " + END);
        }
        Files.writeString(page, text.substring(0, from + BEGIN.length()) + "\n" + table + text.substring(to));
    }

    /// What one study was said to show, and the world it was drawn from.
    private record Outcome(List<SeatResult> seats, GroupVerdict overall, Scenario.World world) {
        boolean any(GroupVerdict verdict) {
            return seats.stream().anyMatch(seat -> seat.verdict() == verdict);
        }

        boolean all(GroupVerdict verdict, GroupVerdict.Reason... reasons) {
            return seats.stream()
                    .allMatch(seat -> seat.verdict() == verdict
                            && (reasons.length == 0 || List.of(reasons).contains(seat.reason())));
        }
    }

    private List<Outcome> run(Scenario scenario, int replicates) {
        return run(scenario, replicates, false);
    }

    private List<Outcome> run(Scenario scenario, int replicates, boolean sameWorld) {
        long start = System.nanoTime();
        List<Outcome> outcomes = IntStream.range(0, replicates)
                .parallel()
                .mapToObj(replicate -> {
                    Scenario.World world = scenario.world(sameWorld ? seed : seed + replicate);
                    Pairs pairs = scenario.study(world, seed + replicate);
                    SeatComparison comparison = SeatComparison.of(
                            pairs, row -> 1, true, RELABELLINGS, seed + replicate, LOTTERY, Parallel.SEQUENTIAL);
                    return new Outcome(comparison.results(), comparison.overall(), world);
                })
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%s: %d studies, %.1f ms each on one of %d cores%n",
                scenario.name,
                replicates,
                (System.nanoTime() - start)
                        / 1e6
                        / replicates
                        * Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().availableProcessors());
        return outcomes;
    }

    private static double share(List<Outcome> outcomes, Predicate<Outcome> holds) {
        return outcomes.stream().filter(holds).count() / (double) outcomes.size();
    }

    private static String rate(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }

    private void row(String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        System.out.println(String.join("  ", cells));
    }

    private void measure() {
        row("scenario", "studies", "any `DIFFERS`", "`NOT_SHOWN` or `NEGLIGIBLE` everywhere", "must be");
        row("---", "---", "---", "---", "---");
        double sum = 0;
        for (Scenario scenario : Scenario.nulls()) {
            var outcomes = run(scenario, nulls);
            double differs = share(outcomes, of -> of.any(GroupVerdict.DIFFERS));
            sum += differs;
            double silent = share(
                    outcomes,
                    of -> of.seats().stream()
                            .allMatch(seat -> seat.verdict() == GroupVerdict.NOT_SHOWN
                                    || seat.verdict() == GroupVerdict.NEGLIGIBLE));
            row(scenario.name, "" + nulls, rate(differs), rate(silent), "≤ .070");
        }
        row("mean of the above", "", rate(sum / Scenario.nulls().size()), "", "≤ .055");
        confounded();
        differences();
        for (Scenario scenario : Scenario.reliabilities()) {
            var outcomes = run(scenario, others);
            double told = share(
                    outcomes,
                    of -> of.seats().stream().anyMatch(seat -> seat.reason() == GroupVerdict.Reason.RELIABILITY));
            row(
                    scenario.name,
                    "" + others,
                    rate(share(outcomes, of -> of.any(GroupVerdict.DIFFERS))),
                    "`NOT_SEPARABLE` from reliability " + rate(told),
                    "≤ .020");
        }
        negligible();
        least();
        coverage();
    }

    private void confounded() {
        for (Scenario scenario : Scenario.confounded()) {
            var outcomes = run(scenario, others);
            boolean disjoint = scenario.name.startsWith("disjoint");
            double right = share(
                    outcomes,
                    of -> disjoint
                            ? of.all(GroupVerdict.CANNOT_TELL, GroupVerdict.Reason.OVERLAP)
                            : of.all(GroupVerdict.NOT_SEPARABLE, GroupVerdict.Reason.ORDER, GroupVerdict.Reason.PAIRS));
            row(
                    scenario.name,
                    "" + others,
                    rate(share(outcomes, of -> of.any(GroupVerdict.DIFFERS))),
                    (disjoint ? "`CANNOT_TELL` " : "`NOT_SEPARABLE` ") + rate(right),
                    "0 and 1");
        }
    }

    private void differences() {
        for (Scenario scenario : Scenario.differences()) {
            var outcomes = run(scenario, others);
            int last = scenario.seats.length - 1;
            double found = share(outcomes, of -> of.seats().get(last).verdict() == GroupVerdict.DIFFERS);
            StringBuilder innocent = new StringBuilder();
            for (int seat = 0; scenario.seats.length > 2 && seat < last; seat++) {
                int at = seat;
                innocent.append(seat == 0 ? "innocent seats " : ", ")
                        .append(rate(share(outcomes, of -> of.seats().get(at).verdict() == GroupVerdict.DIFFERS)));
            }
            String must = scenario.name.startsWith("8 of") ? "≥ .78" : scenario.name.startsWith("4 of") ? "≥ .80" : "";
            row(scenario.name, "" + others, rate(found), innocent.toString(), must);
        }
    }

    // true loss of the seats' members under the true policy of everybody
    private static double trueLoss(Scenario scenario, Outcome outcome) {
        double largest = 0;
        for (int seat = 0; seat < scenario.seats.length; seat++) {
            double sum = 0;
            for (int item = 0; item < scenario.items; item++) {
                sum += itemLoss(scenario, outcome.world(), seat, item);
            }
            largest = Math.max(largest, sum / scenario.items);
        }
        return largest;
    }

    private static double itemLoss(Scenario scenario, Scenario.World world, int seat, int item) {
        int k = scenario.candidates;
        double judges = Arrays.stream(scenario.seats).sum();
        double[] mixed = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                for (int s = 0; s < scenario.seats.length; s++) {
                    mixed[i * k + j] += scenario.seats[s] / judges * Logistic.sigmoid(world.logit(s, item, i, j));
                }
            }
            mixed[i * k + i] = 0.5;
        }
        double[] policy = LOTTERY.solve(mixed, k);
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            double advantage = 0;
            for (int j = 0; j < k; j++) {
                double p = i == j ? 0.5 : Logistic.sigmoid(world.logit(seat, item, i, j));
                advantage += policy[j] * (p - 0.5);
            }
            best = Math.max(best, advantage);
        }
        return best;
    }

    private void negligible() {
        var same = run(new Scenario("nothing differs, 2,400 answers of 80", 40, 40), others);
        row(
                "nothing differs, 2,400 answers of 80",
                "" + others,
                rate(share(same, of -> of.any(GroupVerdict.DIFFERS))),
                "`NEGLIGIBLE` " + rate(share(same, of -> of.any(GroupVerdict.NEGLIGIBLE))),
                "");
        int wrong = 0;
        int studies = 0;
        int covered = 0;
        for (double sd : new double[] {0.14, 0.21, 0.29}) {
            for (Scenario scenario : List.of(
                    new Scenario("true sd " + sd + ", 12,000 answers of 300", 150, 150)
                            .size(8, 5, 40)
                            .deviates(1, sd),
                    new Scenario("true sd " + sd + ", one judge 40 %", 40, 40)
                            .heavyJudge()
                            .deviates(1, sd),
                    new Scenario("true sd " + sd + ", 12 judges", 6, 6)
                            .size(8, 5, 100)
                            .deviates(1, sd),
                    new Scenario("true sd " + sd + ", own tastes", 40, 40)
                            .tastes(0.8)
                            .deviates(1, sd),
                    new Scenario("true sd " + sd + ", different pairs", 40, 40)
                            .differentPairs()
                            .deviates(1, sd))) {
                var outcomes = run(scenario, others / 4);
                for (Outcome outcome : outcomes) {
                    double loss = trueLoss(scenario, outcome);
                    studies++;
                    wrong += outcome.any(GroupVerdict.NEGLIGIBLE) && loss >= NEGLIGIBLE ? 1 : 0;
                    covered +=
                            outcome.seats().get(1).size().orElseThrow().upper().loss() >= loss ? 1 : 0;
                }
            }
        }
        row(
                "true sd .14 to .29, loss ≥ .02",
                "" + studies,
                "",
                "`NEGLIGIBLE` wrongly " + rate(wrong / (double) studies),
                "≤ .05");
        row("loss(σ_95) ≥ the true loss", "" + studies, "", rate(covered / (double) studies), "");
    }

    // the least difference that is said beside "not shown" is found in four of five studies
    private void least() {
        for (Scenario plain : List.of(
                new Scenario("least difference, 80 judges", 40, 40),
                new Scenario("least difference, 8 of 80", 72, 8))) {
            double[] sizes = run(plain, 40).stream()
                    .mapToDouble(
                            of -> of.seats().get(1).size().orElseThrow().least().logits())
                    .sorted()
                    .toArray();
            Scenario at = new Scenario(plain.name, plain.seats).deviates(1, sizes[sizes.length / 2]);
            var outcomes = run(at, others);
            double found =
                    share(outcomes, of -> of.seats().get(1).test().orElseThrow().p() <= 0.05);
            row(
                    plain.name + ", " + rate(sizes[sizes.length / 2]) + " logit",
                    "" + others,
                    rate(found),
                    "",
                    "about .80");
        }
    }

    // how often the interval of the gain holds its mean over studies of the same world
    private void coverage() {
        List<Scenario> few = List.of(
                new Scenario("gain, 12 judges", 6, 6).size(8, 5, 100).deviates(1, 0.8),
                new Scenario("gain, 8 of 80", 72, 8).otherFavourite(1, 0.5));
        List<Scenario> many = List.of(
                new Scenario("gain, 80 judges", 40, 40).deviates(1, 0.8),
                new Scenario("gain, 80 judges, own tastes", 40, 40).tastes(0.8).deviates(1, 0.8));
        for (Scenario scenario : few) {
            row(scenario.name, "" + others, "", "interval covers " + rate(covered(scenario)), ".88 to .98");
        }
        for (Scenario scenario : many) {
            row(scenario.name, "" + others, "", "interval covers " + rate(covered(scenario)), ".93 to .97");
        }
    }

    private double covered(Scenario scenario) {
        List<SeatResult.Gain> gains = new ArrayList<>();
        for (Outcome outcome : run(scenario, others, true)) {
            gains.add(outcome.seats().get(1).gain().orElseThrow());
        }
        double mean = gains.stream()
                .mapToDouble(gain -> gain.preference().value())
                .average()
                .orElseThrow();
        return gains.stream()
                        .filter(gain -> gain.preference().low() <= mean
                                && mean <= gain.preference().high())
                        .count()
                / (double) gains.size();
    }
}
