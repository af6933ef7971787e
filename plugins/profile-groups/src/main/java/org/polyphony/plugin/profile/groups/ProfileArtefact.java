package org.polyphony.plugin.profile.groups;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.polyphony.spi.artefact.Artefact;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.tensor.Tensor;
import org.polyphony.spi.tensor.TensorAllocator;
import org.polyphony.support.SeatSupport;

/// How group profiles are stored: type `polyphony.profiles.groups`, version 2.
///
/// Texts: `items`, `candidates` (names in order, separated by U+001F) and notes about the fit. Tensors:
/// `offsets` INT32 (B+1), first candidate of each item; `p`, `deviation`, `counts` FLOAT64 (S, Σ K²), the
/// matrices of the items one after the other, row-major; `scores` FLOAT64 (S, M), where the model has any.
/// The seats are as [SeatSupport] writes them.
final class ProfileArtefact {
    private static final String TYPE = "polyphony.profiles.groups";
    private static final int VERSION = 2;
    /// The unit separator of ASCII, which no id may hold.
    private static final String SEPARATOR = "\u001f";

    private ProfileArtefact() {}

    static Artefact write(
            SeatPreferences preferences, SeatSupport seats, Candidates candidates, TensorAllocator memory) {
        int items = candidates.items().size();
        Tensor offsets = memory.ints(items + 1);
        int size = 0;
        for (int item = 0; item < items; item++) {
            offsets.setInt(item + 1L, candidates.first(item) + candidates.count(item));
            size += candidates.count(item) * candidates.count(item);
        }
        int matrices = size;
        var tensors = new TreeMap<String, Tensor>();
        tensors.put("offsets", offsets);
        tensors.put("p", flat(preferences.p(), seats.count(), matrices, memory));
        tensors.put("deviation", flat(preferences.deviation(), seats.count(), matrices, memory));
        tensors.put("counts", flat(preferences.counts(), seats.count(), matrices, memory));
        preferences
                .scores()
                .ifPresent(scores -> tensors.put(
                        "scores", flat(scores, seats.count(), candidates.ids().size(), memory)));
        var texts = new TreeMap<>(preferences.notes());
        texts.put("items", String.join(SEPARATOR, candidates.items()));
        texts.put("candidates", String.join(SEPARATOR, candidates.ids()));
        seats.into(texts, tensors, memory);
        return Artefact.of(TYPE, VERSION, texts, tensors);
    }

    static GroupProfiles read(Artefact artefact) {
        if (!artefact.type().equals(TYPE) || artefact.version() != VERSION) {
            throw new AlignmentException(
                    StandardErrorCode.ARTEFACT_UNREADABLE,
                    "cannot read " + artefact.type() + " version " + artefact.version() + ", only " + TYPE + " version "
                            + VERSION + "; fit the profiles again with this plugin");
        }
        return new GroupProfiles(
                SeatSupport.of(artefact),
                names(artefact, "items"),
                names(artefact, "candidates"),
                artefact.tensor("offsets").toInts(),
                rows(artefact.tensor("p")),
                rows(artefact.tensor("deviation")),
                rows(artefact.tensor("counts")),
                Optional.ofNullable(artefact.tensors().get("scores")).map(ProfileArtefact::rows));
    }

    private static List<String> names(Artefact artefact, String key) {
        String text = artefact.text(key);
        return text.isEmpty() && artefact.tensor("offsets").size() == 1
                ? List.of()
                : List.of(text.split(SEPARATOR, -1));
    }

    private static double[][] rows(Tensor tensor) {
        double[][] rows = new double[tensor.dimension(0)][];
        for (int s = 0; s < rows.length; s++) {
            rows[s] = tensor.slice(s, 1).toDoubles();
        }
        return rows;
    }

    private static Tensor flat(double[][][] matrices, int seats, int size, TensorAllocator memory) {
        Tensor tensor = memory.doubles(seats, size);
        for (int s = 0; s < seats; s++) {
            Tensor row = tensor.slice(s, 1);
            int at = 0;
            for (double[][] ofItem : matrices) {
                row.put(at, ofItem[s]);
                at += ofItem[s].length;
            }
        }
        return tensor;
    }
}
