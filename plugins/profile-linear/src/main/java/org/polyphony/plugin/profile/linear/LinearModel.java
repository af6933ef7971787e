package org.polyphony.plugin.profile.linear;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.polyphony.support.SeatSupport;
import org.polyphony.support.digest.Digests;

/// What a fit found.
///
/// @param known items and candidates that were compared
/// @param basis what columns are made of features
/// @param taste which of these columns seats and persons may differ in; t is η and these
/// @param population what everybody has in common
/// @param levels what seats differ in; without units
/// @param persons their profiles, where they were asked for
/// @param support of seats, and of pairs
record LinearModel(
        Known known,
        Basis basis,
        int[] taste,
        Population population,
        Levels levels,
        Optional<Persons> persons,
        Support support) {

    /// Items and candidates of the fit; those of item b are `offsets[b] … offsets[b+1]-1`.
    record Known(List<String> items, List<String> ids, int[] offsets) {

        Known {
            items = List.copyOf(items);
            ids = List.copyOf(ids);
        }
    }

    /// What stands behind an answer.
    ///
    /// @param pairs what was compared; seats come first, then persons
    /// @param tooFew why it is not told how sure a person's preferences are, where it is not
    record Support(SeatSupport seats, PairCounts pairs, Optional<String> tooFew) {}

    /// The columns of t in which seats and persons may differ: the first of every encoder.
    static int[] taste(int[] block, int most) {
        int[] taste = new int[block.length];
        int kept = 0;
        int inBlock = 0;
        for (int c = 0; c < block.length; c++) {
            inBlock = c > 0 && block[c] == block[c - 1] ? inBlock + 1 : 0;
            if (inBlock < most) {
                taste[kept++] = c;
            }
        }
        return Arrays.copyOf(taste, kept);
    }

    /// The block of every column of t: 0 the slope, then the encoders.
    static int[] levelBlock(int[] block, int[] taste) {
        int[] of = new int[taste.length + 1];
        // an encoder of which nothing was kept leaves no gap
        for (int c = 0; c < taste.length; c++) {
            of[c + 1] = c == 0 || block[taste[c]] != block[taste[c - 1]] ? of[c] + 1 : of[c];
        }
        return of;
    }

    /// The encoder of every column [d].
    int[] block() {
        return basis.block();
    }

    int[] levelBlock() {
        return levelBlock(basis.block(), taste);
    }

    /// Tells this fit from others, by its numbers.
    String fingerprint() {
        var all = new ArrayList<double[]>();
        basis.parts().forEach(part -> all.addAll(List.of(part.loadings())));
        all.addAll(List.of(population.weights(), population.residual()));
        all.addAll(List.of(levels.seats()));
        all.addAll(List.of(levels.spread().person(), levels.spread().seat()));
        var bytes =
                ByteBuffer.allocate(8 * all.stream().mapToInt(of -> of.length).sum());
        all.forEach(of -> Arrays.stream(of).forEach(bytes::putDouble));
        return Digests.hex(bytes.array()).substring(0, 16);
    }
}
