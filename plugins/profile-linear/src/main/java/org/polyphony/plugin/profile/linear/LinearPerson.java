package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;

/// A person as known from a fit and from what they judged since.
///
/// Stored as type `polyphony.person.linear`, version 1: texts `person`, `fit` ([LinearModel#fingerprint]), `seats` and
/// `judged` (names in order, separated by U+001F; of every pair the item and two candidates); tensors FLOAT64 `mean`
/// (r), `covariance` (r, r), `shares` (like `seats`), `judgments` (1), `weights` (of the pairs judged), and INT32
/// `fitted` (1), the person's number in the fit.
///
/// @param id their name
/// @param fit the fit they were learned on top of
/// @param known what is known of them
/// @param shares seat → how much of them is of it
/// @param judgments weight of what they said
/// @param fitted their number in the fit, or [#NEW]
/// @param judged weight of every pair they judged after the fit, by [#pair]
record LinearPerson(
        String id,
        String fit,
        Posterior known,
        Map<String, Double> shares,
        double judgments,
        int fitted,
        SortedMap<String, Double> judged) {

    static final int NEW = -1;
    private static final String TYPE = "polyphony.person.linear";
    private static final int VERSION = 1;
    /// The unit separator of ASCII, which no id may hold.
    private static final String SEPARATOR = "\u001f";

    /// A pair of candidates by their ids, in either order.
    static String pair(AskedItem item, int i, int k) {
        String one = item.candidate(i);
        String other = item.candidate(k);
        return String.join(
                SEPARATOR, one.compareTo(other) < 0 ? List.of(item.id(), one, other) : List.of(item.id(), other, one));
    }

    /// Weight of their comparisons of two candidates after the fit.
    double compared(AskedItem item, int i, int k) {
        return judged.isEmpty() ? 0 : judged.getOrDefault(pair(item, i, k), 0.0);
    }

    Artefact write(TensorAllocator memory) {
        int r = known.mean().length;
        double[] weights =
                judged.values().stream().mapToDouble(weight -> weight).toArray();
        double[] of = shares.values().stream().mapToDouble(share -> share).toArray();
        Tensor number = memory.ints(1);
        number.setInt(0, fitted);
        return Artefact.of(
                TYPE,
                VERSION,
                Map.of(
                        "person",
                        id,
                        "fit",
                        fit,
                        "seats",
                        String.join(SEPARATOR, shares.keySet()),
                        "judged",
                        String.join(SEPARATOR, judged.keySet())),
                Map.of(
                        "mean", memory.doubles(r).put(0, known.mean()),
                        "covariance", memory.doubles(r, r).put(0, known.covariance()),
                        "shares", memory.doubles(of.length).put(0, of),
                        "judgments", memory.doubles(1).put(0, new double[] {judgments}),
                        "weights", memory.doubles(weights.length).put(0, weights),
                        "fitted", number));
    }

    /// What [#write] wrote of this person on top of this fit.
    static LinearPerson read(Artefact artefact, String id, String fit) {
        if (!artefact.type().equals(TYPE) || artefact.version() != VERSION) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "cannot read a person of " + artefact.type() + " version " + artefact.version() + ", only " + TYPE
                            + " version " + VERSION + "; adapt them again with this plugin");
        }
        if (!artefact.text("person").equals(id)) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "what was learned is of " + artefact.text("person") + ", not of " + id
                            + "; give what was learned of the person who is asked for");
        }
        if (!artefact.text("fit").equals(fit)) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    id + " was learned on top of another fit (" + artefact.text("fit") + ", this is " + fit
                            + "); adapt them again with their judgments");
        }
        var shares = new TreeMap<String, Double>();
        double[] of = artefact.tensor("shares").toDoubles();
        for (int s = 0; s < of.length; s++) {
            shares.put(artefact.text("seats").split(SEPARATOR, -1)[s], of[s]);
        }
        var judged = new TreeMap<String, Double>();
        double[] weights = artefact.tensor("weights").toDoubles();
        String[] names = artefact.text("judged").split(SEPARATOR, -1);
        for (int pair = 0; pair < weights.length; pair++) {
            judged.put(String.join(SEPARATOR, Arrays.asList(names).subList(3 * pair, 3 * pair + 3)), weights[pair]);
        }
        return new LinearPerson(
                id,
                fit,
                new Posterior(
                        artefact.tensor("mean").toDoubles(),
                        artefact.tensor("covariance").toDoubles()),
                shares,
                artefact.tensor("judgments").getDouble(0),
                artefact.tensor("fitted").getInt(0),
                judged);
    }
}
