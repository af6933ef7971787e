package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.tensor.Tensor;

/// The items of a call, each made when it is asked for. Immutable.
///
/// @param model the fit
/// @param fitted the number, in the fit, of every item that was in it
/// @param candidates items and candidates of the call
/// @param features FLOAT64, shape (M, D), of these candidates
/// @param empty which of them are [EmptyCandidates]
record AskedItems(
        LinearModel model, Map<String, Integer> fitted, Candidates candidates, Tensor features, boolean[] empty) {

    static AskedItems of(
            LinearModel model, Map<String, Integer> fitted, Candidates candidates, Optional<Tensor> features) {
        Tensor given = features.orElseThrow(() -> new AlignmentException(
                StandardErrorCode.UNSUPPORTED,
                "these profiles know candidates by their features, and none were given with " + candidates.items()
                        + "; give those of the encoders they were fitted with"));
        int n = candidates.ids().size();
        if (given.dimension(0) != n || given.dimension(1) != model.basis().encoded()) {
            throw new AlignmentException(
                    StandardErrorCode.VALUE_INVALID,
                    "features are " + given + " where FLOAT64[" + n + ", "
                            + model.basis().encoded()
                            + "] are needed; give those of the encoders the profiles were fitted with");
        }
        return new AskedItems(model, fitted, candidates, given, EmptyCandidates.of(candidates));
    }

    int count() {
        return candidates.items().size();
    }

    AskedItem item(int number) {
        int first = candidates.first(number);
        int k = candidates.count(number);
        String id = candidates.items().get(number);
        int known = fitted.getOrDefault(id, AskedItem.UNKNOWN);
        return new AskedItem(
                model,
                id,
                candidates.ids().subList(first, first + k),
                known,
                places(first, k, known),
                model.basis()
                        .apply(
                                EmptyCandidates.rows(
                                        features,
                                        IntStream.range(first, first + k).toArray(),
                                        empty,
                                        model.basis().threshold()),
                                k));
    }

    private int[] places(int first, int k, int known) {
        int[] places = new int[k];
        Arrays.fill(places, AskedItem.UNKNOWN);
        if (known != AskedItem.UNKNOWN) {
            var of = new HashMap<String, Integer>();
            for (int c = model.known().offsets()[known]; c < model.known().offsets()[known + 1]; c++) {
                of.put(model.known().ids().get(c), c);
            }
            Arrays.setAll(places, i -> of.getOrDefault(candidates.ids().get(first + i), AskedItem.UNKNOWN));
        }
        return places;
    }
}
