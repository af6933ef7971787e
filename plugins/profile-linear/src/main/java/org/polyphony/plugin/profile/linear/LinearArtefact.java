package org.polyphony.plugin.profile.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;
import org.polyphony.support.SeatSupport;

/// How profiles are stored: type `polyphony.profiles.linear`, version 2.
///
/// E encoders (and one more of ones where `threshold` is `true`), d columns kept of them, r columns of t, B items, M
/// candidates, S seats, P persons. Texts: `threshold`, `items`, `candidates` and, where persons have profiles,
/// `persons` (names in order, separated by U+001F), and `too-few` where there are too few to say how sure a person's
/// preferences are. Tensors, FLOAT64 where nothing is said:
/// * `offsets` INT32 (B+1), first candidate of each item
/// * `basis.columns`, `basis.kept` INT32 (E); `basis.loadings` (Σ kept · columns), by encoder (kept, columns)
/// * `weights` (d), `weights.covariance` (d, d), `residual` (M), `scores.covariance` (Σ K²), `variances` (E+1): of
///   weights by encoder, then of residuals; `population` (2): effect of order, design effect
/// * `taste` INT32 (r−1): the columns of t after η; `spread` (2, blocks of t): variances of persons, of seats
/// * `seat.mean` (S, r), `seat.covariance` (S, r²)
/// * `pair.keys` INT32 (C, 3): seat, or S + person, and two candidates; `pair.weights` (C)
/// * `person.mean` (P, r), `person.covariance` (P, r²), `person.judgments` (P), `person.shares` (P, S)
///
/// Seats are as [SeatSupport] writes them.
final class LinearArtefact {
    private static final String TYPE = "polyphony.profiles.linear";
    private static final int VERSION = 2;
    /// The unit separator of ASCII, which no id may hold.
    private static final String SEPARATOR = "\u001f";

    private LinearArtefact() {}

    static Artefact write(LinearModel model, TensorAllocator memory) {
        var texts = new TreeMap<String, String>();
        var tensors = new TreeMap<String, Tensor>();
        texts.put("items", String.join(SEPARATOR, model.known().items()));
        texts.put("candidates", String.join(SEPARATOR, model.known().ids()));
        texts.put("threshold", Boolean.toString(model.basis().threshold()));
        tensors.put("offsets", ints(model.known().offsets(), memory));
        List<Basis.Part> parts = model.basis().parts();
        tensors.put(
                "basis.columns",
                ints(parts.stream().mapToInt(Basis.Part::columns).toArray(), memory));
        tensors.put(
                "basis.kept",
                ints(parts.stream().mapToInt(part -> part.loadings().length).toArray(), memory));
        tensors.put(
                "basis.loadings",
                doubles(
                        parts.stream()
                                .flatMap(part -> Arrays.stream(part.loadings()))
                                .toArray(double[][]::new),
                        memory));
        Population population = model.population();
        int d = population.weights().length;
        tensors.put("weights", doubles(population.weights(), memory, d));
        tensors.put("weights.covariance", doubles(population.covariance(), memory, d, d));
        tensors.put("residual", doubles(population.residual(), memory, population.residual().length));
        tensors.put("scores.covariance", doubles(population.scores(), memory));
        double[] variances = Arrays.copyOf(population.variances().features(), parts.size() + 1);
        variances[parts.size()] = population.variances().residual();
        tensors.put("variances", doubles(variances, memory, variances.length));
        tensors.put("population", doubles(new double[] {population.order(), population.designEffect()}, memory, 2));
        tensors.put("taste", ints(model.taste(), memory));
        Levels levels = model.levels();
        int r = model.taste().length + 1;
        tensors.put(
                "spread",
                doubles(
                                new double[][] {
                                    levels.spread().person(), levels.spread().seat()
                                },
                                memory)
                        .reshape(2, levels.spread().person().length));
        tensors.put("seat.mean", doubles(levels.seats(), memory).reshape(levels.seats().length, r));
        tensors.put("seat.covariance", doubles(levels.covariances(), memory).reshape(levels.seats().length, r * r));
        pairs(model, tensors, memory);
        model.support().tooFew().ifPresent(why -> texts.put("too-few", why));
        model.support().seats().into(texts, tensors, memory);
        model.persons().ifPresent(persons -> persons(persons, r, texts, tensors, memory));
        return Artefact.of(TYPE, VERSION, texts, tensors);
    }

    private static void pairs(LinearModel model, Map<String, Tensor> tensors, TensorAllocator memory) {
        PairCounts counts = model.support().pairs();
        int[] keys = new int[3 * counts.keys().length];
        for (int at = 0; at < counts.keys().length; at++) {
            long key = counts.keys()[at];
            keys[3 * at + 2] = (int) (key % counts.candidates());
            keys[3 * at + 1] = (int) (key / counts.candidates() % counts.candidates());
            keys[3 * at] = (int) (key / counts.candidates() / counts.candidates());
        }
        tensors.put("pair.keys", ints(keys, memory).reshape(counts.keys().length, 3));
        tensors.put("pair.weights", doubles(counts.weight(), memory, counts.weight().length));
    }

    private static void persons(
            Persons persons, int r, Map<String, String> texts, Map<String, Tensor> tensors, TensorAllocator memory) {
        int count = persons.ids().size();
        texts.put("persons", String.join(SEPARATOR, persons.ids()));
        tensors.put(
                "person.mean",
                doubles(persons.known().stream().map(Posterior::mean).toArray(double[][]::new), memory)
                        .reshape(count, r));
        tensors.put(
                "person.covariance",
                doubles(persons.known().stream().map(Posterior::covariance).toArray(double[][]::new), memory)
                        .reshape(count, r * r));
        tensors.put("person.judgments", doubles(persons.judgments(), memory, count));
        tensors.put("person.shares", doubles(persons.shares(), memory).reshape(count, persons.shares()[0].length));
    }

    static LinearModel read(Artefact artefact) {
        if (!artefact.type().equals(TYPE) || artefact.version() != VERSION) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "cannot read " + artefact.type() + " version " + artefact.version() + ", only " + TYPE + " version "
                            + VERSION + "; fit the profiles again with this plugin");
        }
        var known = new LinearModel.Known(
                names(artefact, "items"),
                names(artefact, "candidates"),
                artefact.tensor("offsets").toInts());
        double[] variances = artefact.tensor("variances").toDoubles();
        double[] population = artefact.tensor("population").toDoubles();
        double[][] spread = rows(artefact.tensor("spread"));
        var levels = new Levels(
                rows(artefact.tensor("seat.mean")),
                rows(artefact.tensor("seat.covariance")),
                new double[0][],
                new Levels.Spread(spread[0], spread[1]),
                0);
        return new LinearModel(
                known,
                basis(artefact),
                artefact.tensor("taste").toInts(),
                new Population(
                        artefact.tensor("weights").toDoubles(),
                        artefact.tensor("weights.covariance").toDoubles(),
                        artefact.tensor("residual").toDoubles(),
                        population[0],
                        new Variances(
                                Arrays.copyOf(variances, variances.length - 1), variances[variances.length - 1], 0),
                        scores(artefact.tensor("scores.covariance").toDoubles(), known.offsets()),
                        population[1]),
                levels,
                persons(artefact),
                new LinearModel.Support(
                        SeatSupport.of(artefact),
                        pairs(artefact, known.ids().size()),
                        Optional.ofNullable(artefact.texts().get("too-few"))));
    }

    private static Basis basis(Artefact artefact) {
        int[] columns = artefact.tensor("basis.columns").toInts();
        int[] kept = artefact.tensor("basis.kept").toInts();
        double[] loadings = artefact.tensor("basis.loadings").toDoubles();
        var parts = new ArrayList<Basis.Part>();
        int from = 0;
        for (int e = 0; e < columns.length; e++) {
            double[][] of = new double[kept[e]][];
            for (int j = 0; j < of.length; j++) {
                of[j] = Arrays.copyOfRange(loadings, from, from + columns[e]);
                from += columns[e];
            }
            parts.add(new Basis.Part(columns[e], of));
        }
        return new Basis(parts, Boolean.parseBoolean(artefact.text("threshold")));
    }

    private static double[][] scores(double[] flat, int[] offsets) {
        double[][] scores = new double[offsets.length - 1][];
        int from = 0;
        for (int item = 0; item < scores.length; item++) {
            int k = offsets[item + 1] - offsets[item];
            scores[item] = Arrays.copyOfRange(flat, from, from + k * k);
            from += k * k;
        }
        return scores;
    }

    private static Optional<Persons> persons(Artefact artefact) {
        if (!artefact.texts().containsKey("persons")) {
            return Optional.empty();
        }
        double[][] mean = rows(artefact.tensor("person.mean"));
        double[][] covariance = rows(artefact.tensor("person.covariance"));
        var known = new ArrayList<Posterior>();
        for (int p = 0; p < mean.length; p++) {
            known.add(new Posterior(mean[p], covariance[p]));
        }
        return Optional.of(new Persons(
                names(artefact, "persons"),
                known,
                artefact.tensor("person.judgments").toDoubles(),
                rows(artefact.tensor("person.shares"))));
    }

    private static PairCounts pairs(Artefact artefact, int candidates) {
        int[] keys = artefact.tensor("pair.keys").toInts();
        long[] of = new long[keys.length / 3];
        Arrays.setAll(of, at -> PairCounts.key(keys[3 * at], keys[3 * at + 1], keys[3 * at + 2], candidates));
        return new PairCounts(of, artefact.tensor("pair.weights").toDoubles(), candidates);
    }

    private static List<String> names(Artefact artefact, String key) {
        return List.of(artefact.text(key).split(SEPARATOR, -1));
    }

    private static double[][] rows(Tensor tensor) {
        double[][] rows = new double[tensor.dimension(0)][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = tensor.slice(row, 1).toDoubles();
        }
        return rows;
    }

    private static Tensor ints(int[] values, TensorAllocator memory) {
        Tensor tensor = memory.ints(values.length);
        for (int at = 0; at < values.length; at++) {
            tensor.setInt(at, values[at]);
        }
        return tensor;
    }

    private static Tensor doubles(double[] values, TensorAllocator memory, int... shape) {
        return memory.doubles(shape).put(0, values);
    }

    private static Tensor doubles(double[][] rows, TensorAllocator memory) {
        Tensor tensor = memory.doubles(
                Math.toIntExact(Arrays.stream(rows).mapToLong(row -> row.length).sum()));
        long to = 0;
        for (double[] row : rows) {
            tensor.put(to, row);
            to += row.length;
        }
        return tensor;
    }
}
