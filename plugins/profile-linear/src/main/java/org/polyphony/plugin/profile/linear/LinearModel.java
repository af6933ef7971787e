package org.polyphony.plugin.profile.linear;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.polyphony.support.SeatSupport;

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

    /// What stands behind an answer. Of pairs seats come first, then persons.
    record Support(SeatSupport seats, PairCounts pairs) {}

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

    int[] levelBlock() {
        return levelBlock(basis.block(), taste);
    }
}
