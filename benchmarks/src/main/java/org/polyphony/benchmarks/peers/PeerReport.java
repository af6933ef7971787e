package org.polyphony.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the page of results out of the lines that all programs printed.
public final class PeerReport {

    private final List<String[]> lines;

    private PeerReport(List<String[]> lines) {
        this.lines = lines;
    }

    /// Takes the commit, the date and the folder of the lines; prints the page.
    public static void main(String[] arguments) throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(arguments[2]))) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
                Files.readAllLines(file).forEach(line -> lines.add(line.split("\t")));
            }
        }
        var report = new PeerReport(lines);
        report.head(arguments[0], arguments[1]);
        report.roofs();
        report.mirrorDescent();
        report.exact();
        report.solvers();
    }

    private void head(String commit, String date) throws IOException {
        System.out.printf(
                "# Peers, %s%n%n- Machine: %d cores of %s%n",
                date, Runtime.getRuntime().availableProcessors(), processor());
        System.out.printf("- JDK: %s %s%n", System.getProperty("java.vm.vendor"), Runtime.version());
        System.out.printf("- Commit: %s%n", commit);
        System.out.printf(
                "- Peers: %s%n",
                kind("version").map(l -> l[1] + " " + l[2]).distinct().collect(Collectors.joining(", ")));
        kind("missing")
                .map(l -> l[1])
                .distinct()
                .forEach(name -> System.out.printf("- **%s was missing: not compared; a skip is not a pass**%n", name));
        System.out.println(
                "- Command: `benchmarks/run-peers`. Processes take turns; in each the shortest of many runs counts;"
                        + " ranges are over processes");
    }

    private static String processor() throws IOException {
        var file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        Map<String, String> first = Files.readAllLines(file).stream()
                .map(line -> line.split("\\s*:\\s*", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a));
        String flags = first.getOrDefault("flags", "");
        String vectors = flags.contains("avx512f") ? "AVX-512" : flags.contains("avx2") ? "AVX2" : "no AVX2";
        return "%s (family %s, model %s, %s)"
                .formatted(first.get("model name"), first.get("cpu family"), first.get("model"), vectors);
    }

    private void roofs() {
        System.out.printf(
                "%n## Roofs of the machine, measured in the same run%n%n| | 1 thread | 2 threads |%n|---|---|---|%n");
        kind("roof")
                .map(l -> l[1])
                .distinct()
                .forEach(name ->
                        System.out.printf("| %s | %s | %s |%n", name, roofText(name, "1"), roofText(name, "2")));
    }

    private String roofText(String name, String threads) {
        return kind("roof")
                .filter(l -> l[1].equals(name) && l[2].equals(threads))
                .map(l -> format(Double.parseDouble(l[3])) + " " + l[4])
                .findFirst()
                .orElse("not measured");
    }

    private Optional<Double> roof(String name) {
        return kind("roof")
                .filter(l -> l[1].equals(name) && l[2].equals("1"))
                .map(l -> Double.parseDouble(l[3]))
                .findFirst();
    }

    private void mirrorDescent() {
        System.out.printf("%n## Mirror descent, ns per prompt and iteration%n%n");
        System.out.println(
                "Ours counts everything from float64 games to float64 policies over 200 iterations; the peers'"
                        + " preparation is not counted.");
        System.out.println(
                "Working set: the games in float32. Ratios: the peer's shortest by ours, median over the rounds.");
        System.out.println();
        System.out.println(
                "| K | MiB | threads | ours (range) | numpy | torch.compile | torch, any way | over numpy | over"
                        + " torch.compile | over any torch |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (var cell : cells().entrySet()) {
            var rows = cell.getValue();
            List<Double> ours = times(rows, "polyphony", "");
            List<Double> numpy = times(rows, "numpy", "");
            List<Double> compiled = times(
                    rows.stream().filter(l -> !l[2].contains("games last")).toList(), "torch", "compile");
            List<Double> torch = times(rows, "torch", "");
            System.out.printf(
                    "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    cell.getKey(),
                    range(ours),
                    best(numpy),
                    best(compiled),
                    best(torch),
                    ratio(numpy, ours),
                    ratio(compiled, ours),
                    ratio(torch, ours));
        }
        variants();
        shares();
    }

    private void variants() {
        System.out.printf(
                "%nEvery way that was tried, 1 thread, 1 MiB, shortest over the rounds. *Games last* turns the tensors"
                        + " so that games are contiguous,%nthe layout of our kernel, which no caller's tensors have; it is"
                        + " in *any way* and not in *torch.compile*.%n%n| K | way | ns |%n|---|---|---|%n");
        kind("mirror-descent")
                .filter(l -> l[4].equals("1") && Double.parseDouble(l[5]) == 1)
                .map(l -> l[3] + "\t" + l[1] + " " + l[2])
                .distinct()
                .sorted(Comparator.comparingInt((String key) -> Integer.parseInt(key.split("\t")[0])))
                .forEach(key -> System.out.printf(
                        "| %s | %s |%n",
                        key.replace("\t", " | "),
                        format(kind("mirror-descent")
                                .filter(l -> l[4].equals("1")
                                        && Double.parseDouble(l[5]) == 1
                                        && (l[3] + "\t" + l[1] + " " + l[2]).equals(key))
                                .mapToDouble(l -> Double.parseDouble(l[6]))
                                .min()
                                .orElseThrow())));
    }

    // the product alone is counted, 2 K² operations and 4 K² bytes; exponentials are not
    private void shares() {
        System.out.printf(
                "%nShare of the roofs, 1 thread, 1 MiB, of the product with the payoffs alone (2 K² operations, 4 K²"
                        + " bytes; exponentials not counted):%n%n| K | GFLOP/s | of FMA | GB/s | of the level the payoffs"
                        + " lie in |%n|---|---|---|---|---|%n");
        for (int k : new TreeSet<>(
                kind("mirror-descent").map(l -> Integer.valueOf(l[3])).toList())) {
            double nanos = kind("mirror-descent")
                    .filter(l -> l[1].equals("polyphony")
                            && l[3].equals("" + k)
                            && l[4].equals("1")
                            && Double.parseDouble(l[5]) == 1)
                    .mapToDouble(l -> Double.parseDouble(l[6]))
                    .min()
                    .orElse(Double.NaN);
            double flops = 2.0 * k * k / nanos;
            double bytes = 4.0 * k * k / nanos;
            // small games advance together, half a first-level cache of them
            String level = k <= 64 ? "L1" : k <= 256 ? "L2" : "L3";
            System.out.printf(
                    "| %d | %s | %s | %s | %s of %s |%n",
                    k, format(flops), percent(flops, roof("FMA")), format(bytes), percent(bytes, roof(level)), level);
        }
    }

    private void exact() {
        System.out.printf(
                "%n## Exact solutions of games of 8 candidates, per second and core%n%n| | games per second (range) |"
                        + " largest gap |%n|---|---|---|%n");
        Map<String, List<String[]>> bySolver = kind("exact")
                .collect(Collectors.groupingBy(l -> l[1] + " " + l[2], LinkedHashMap::new, Collectors.toList()));
        bySolver.forEach((name, rows) -> System.out.printf(
                "| %s | %s | %s |%n",
                name, range(rows.stream().map(l -> Double.valueOf(l[5])).toList()), rows.getLast()[6]));
        List<Double> ours = kind("exact")
                .filter(l -> l[1].equals("polyphony"))
                .map(l -> Double.valueOf(l[5]))
                .toList();
        List<Double> scipy = kind("exact")
                .filter(l -> l[1].equals("scipy"))
                .map(l -> Double.valueOf(l[5]))
                .toList();
        System.out.printf("%nOurs over SciPy's HiGHS, median over the rounds: **%s**%n", ratio(ours, scipy));
    }

    private void solvers() {
        System.out.printf(
                "%n## Solvers to their gap, dense games, 1 thread%n%nMedian over 21 games of the best time of each."
                        + " Newton solves the game with a KL penalty: its gap is gap_tau.%n%n| K | solver | µs | steps,"
                        + " median | its gap, largest | gap without penalty, largest |%n|---|---|---|---|---|---|%n");
        kind("solver")
                .sorted(Comparator.comparingInt((String[] l) -> Integer.parseInt(l[2])))
                .forEach(l -> System.out.printf(
                        "| %s | %s | %s | %s | %s | %s |%n",
                        l[2], l[1], format(Double.parseDouble(l[3])), format(Double.parseDouble(l[4])), l[5], l[6]));
    }

    private Stream<String[]> kind(String kind) {
        return lines.stream().filter(l -> l[0].equals(kind));
    }

    /// Rows of mirror descent by K, working set and threads.
    private SortedMap<String, List<String[]>> cells() {
        Comparator<String> byNumbers = Comparator.comparingInt((String key) -> Integer.parseInt(key.split(" \\| ")[0]))
                .thenComparing(key -> key);
        return kind("mirror-descent")
                .collect(Collectors.groupingBy(
                        l -> l[3] + " | " + Math.round(Double.parseDouble(l[5])) + " | " + l[4],
                        () -> new TreeMap<>(byNumbers),
                        Collectors.toList()));
    }

    /// The shortest of each round: rounds of one peer are as many lines of its first way.
    private static List<Double> times(List<String[]> rows, String peer, String way) {
        Map<String, List<Double>> byWay = rows.stream()
                .filter(l -> l[1].equals(peer) && l[2].startsWith(way))
                .collect(Collectors.groupingBy(
                        l -> l[2], Collectors.mapping(l -> Double.valueOf(l[6]), Collectors.toList())));
        int rounds = byWay.values().stream().mapToInt(List::size).min().orElse(0);
        List<Double> shortest = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
            int round = n;
            shortest.add(byWay.values().stream()
                    .mapToDouble(times -> times.get(round))
                    .min()
                    .orElseThrow());
        }
        return shortest;
    }

    private static String ratio(List<Double> above, List<Double> below) {
        int rounds = Math.min(above.size(), below.size());
        if (rounds == 0) {
            return "not measured";
        }
        List<Double> ratios = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
            ratios.add(above.get(n) / below.get(n));
        }
        ratios.sort(Comparator.naturalOrder());
        return format(ratios.get(rounds / 2)) + "x";
    }

    private static String range(List<Double> values) {
        return values.isEmpty()
                ? "not measured"
                : "%s (%s to %s)"
                        .formatted(
                                format(values.stream().sorted().toList().get(values.size() / 2)),
                                best(values),
                                format(values.stream().max(Double::compare).orElseThrow()));
    }

    private static String best(List<Double> values) {
        return values.stream().min(Double::compare).map(PeerReport::format).orElse("not measured");
    }

    private static String percent(double value, Optional<Double> roof) {
        return roof.map(r -> Math.round(100 * value / r) + " %").orElse("not measured");
    }

    private static String format(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }
}
