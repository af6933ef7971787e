package org.polyphony.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.profile.Blend;
import org.polyphony.spi.profile.FitRequest;
import org.polyphony.spi.profile.Seat;
import org.polyphony.spi.profile.Seating;
import org.polyphony.spi.profile.Viewpoint;
import org.polyphony.spi.profile.Whose;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// The seats of a fit with what stands behind each, counted once, kept in the artefact, and told with every
/// answer. For profilers of seats: finds which seats a viewpoint mixes, and refuses what profiles of seats
/// cannot answer.
public final class SeatSupport {

    /// The unit separator of ASCII, which no id may hold.
    private static final String SEPARATOR = "\u001f";

    private final List<Seat> seats;
    private final double[] judgments;
    private final int[] people;

    private SeatSupport(List<Seat> seats, double[] judgments, int[] people) {
        this.seats = seats;
        this.judgments = judgments;
        this.people = people;
    }

    /// Counts what there is to learn from.
    ///
    /// @param seat the seat of every judgment, as [Seating#seats] finds them
    public static SeatSupport of(FitRequest request, int[] seat) {
        var seats = request.seating().seats();
        var all = request.judgments();
        var judgments = new double[seats.size()];
        var people = new BitSet[seats.size()];
        Arrays.setAll(people, _ -> new BitSet());
        for (int n = 0; n < seat.length; n++) {
            double weight = request.weights().getDouble(n);
            if (seat[n] != Seating.NONE && weight > 0) {
                judgments[seat[n]] += weight * all.weight(n);
                people[seat[n]].set(all.judge(n));
            }
        }
        return new SeatSupport(
                seats,
                judgments,
                Arrays.stream(people).mapToInt(BitSet::cardinality).toArray());
    }

    /// What [#into] wrote.
    public static SeatSupport of(Artefact artefact) {
        var seats = new ArrayList<Seat>();
        var people = artefact.tensor("seat.people").toInts();
        for (int s = 0; s < people.length; s++) {
            var parts = artefact.text("seat." + s).split(SEPARATOR, -1);
            var levels = new HashMap<String, String>();
            for (int at = 1; at + 1 < parts.length; at += 2) {
                levels.put(parts[at], parts[at + 1]);
            }
            seats.add(Seat.of(parts[0], levels));
        }
        return new SeatSupport(seats, artefact.tensor("seat.judgments").toDoubles(), people);
    }

    /// Adds the seats to an artefact: of seat s the text `seat.s` (its id, then attribute and level in
    /// turn, separated by U+001F), and the tensors `seat.judgments` FLOAT64 (S) and `seat.people` INT32
    /// (S).
    public void into(Map<String, String> texts, Map<String, Tensor> tensors, TensorAllocator memory) {
        var counted = memory.doubles(people.length);
        var spoke = memory.ints(people.length);
        for (int s = 0; s < people.length; s++) {
            var parts = new ArrayList<>(List.of(seats.get(s).id()));
            seats.get(s).levels().forEach((attribute, level) -> parts.addAll(List.of(attribute, level)));
            texts.put("seat." + s, String.join(SEPARATOR, parts));
            counted.setDouble(s, judgments[s]);
            spoke.setInt(s, people[s]);
        }
        tensors.put("seat.judgments", counted);
        tensors.put("seat.people", spoke);
    }

    /// How many seats there are.
    public int count() {
        return seats.size();
    }

    /// What the answer to a viewpoint is made of.
    ///
    /// @throws AlignmentException with code `VALUE_INVALID` if no seat is meant, `UNSUPPORTED` if a person is, or
    ///     values are to be set
    public Blend blend(Viewpoint viewpoint) {
        if (!viewpoint.values().isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "these profiles know no value dimensions, so "
                            + viewpoint.values().keySet() + " cannot be set in viewpoint " + viewpoint.id()
                            + "; ask without values");
        }
        var weights = switch (viewpoint.whose()) {
            case Whose.Seats of -> of.weights();
            case Whose.Claiming of -> fitting(of.claims());
            case Whose.Person of ->
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED,
                        "these profiles know seats and no persons, so not " + of.id() + "; ask for one of " + ids());
        };
        double sum = 0;
        for (var weight : weights.entrySet()) {
            if (!(weight.getValue() >= 0) || weight.getValue() == Double.POSITIVE_INFINITY) {
                throw invalid("the weight of " + weight.getKey() + " is " + weight.getValue()
                        + "; give finite weights from 0");
            }
            sum += weight.getValue();
        }
        if (!(sum > 0)) {
            throw invalid("all weights of viewpoint " + viewpoint.id() + " are zero: " + weights + "; give one more");
        }
        var shares = new TreeMap<String, Double>();
        double behind = 0;
        int spoke = 0;
        for (var weight : weights.entrySet()) {
            int seat = index(weight.getKey());
            // what is unknown of a seat that does not count is not unknown of the mixture
            if (weight.getValue() > 0) {
                shares.put(weight.getKey(), weight.getValue() / sum);
                behind += judgments[seat];
                spoke += people[seat];
            }
        }
        return Blend.of(viewpoint.id(), shares, behind, spoke);
    }

    /// The shares of a blend by the index of the seat (S); zero for those that are not in it.
    public double[] shares(Blend blend) {
        var shares = new double[seats.size()];
        blend.seats().forEach((seat, share) -> shares[index(seat)] = share);
        return shares;
    }

    // one that nobody spoke for counts only where nobody spoke for any
    private Map<String, Double> fitting(Map<String, List<String>> claims) {
        var fitting = new TreeMap<String, Double>();
        double all = 0;
        for (int s = 0; s < people.length; s++) {
            boolean fits = seats.get(s).levels().entrySet().stream()
                    .allMatch(of -> !claims.containsKey(of.getKey())
                            || claims.get(of.getKey()).contains(of.getValue()));
            if (fits) {
                fitting.put(seats.get(s).id(), (double) people[s]);
                all += people[s];
            }
        }
        if (fitting.isEmpty()) {
            throw invalid("no seat fits the claims " + claims + "; there are " + seats);
        }
        if (all == 0) {
            fitting.replaceAll((_, _) -> 1.0);
        }
        return fitting;
    }

    private int index(String name) {
        int seat = ids().indexOf(name);
        if (seat < 0) {
            throw invalid("nobody called " + name + " has a profile; these have: " + ids() + ", ask for one of them");
        }
        return seat;
    }

    /// Names of the seats.
    public List<String> ids() {
        return seats.stream().map(Seat::id).toList();
    }

    private static AlignmentException invalid(String what) {
        return new AlignmentException(StandardErrorCode.VALUE_INVALID, what);
    }
}
