package org.polyphony.preferences.verdict;

import java.util.stream.IntStream;

/// Within what like is compared with like.
public enum Strata {
    /// The cell itself: an ordered pair of an item, or an unordered one where the order shown is unknown.
    CELLS {
        @Override
        int count(ComparedCells cells) {
            return cells.cells();
        }

        @Override
        int[] ofCells(ComparedCells cells) {
            return IntStream.range(0, cells.cells()).toArray();
        }
    },
    /// Unordered pairs of an item: only asked whether they would do, never compared within.
    PAIRS {
        @Override
        int count(ComparedCells cells) {
            return cells.pairs();
        }

        @Override
        int[] ofCells(ComparedCells cells) {
            return IntStream.range(0, cells.cells()).map(cells::pair).toArray();
        }
    },
    /// Items, where cells are too thin and judges were assigned alike.
    ITEMS {
        @Override
        int count(ComparedCells cells) {
            return cells.items();
        }

        @Override
        int[] ofCells(ComparedCells cells) {
            return IntStream.range(0, cells.cells()).map(cells::item).toArray();
        }
    };

    abstract int count(ComparedCells cells);

    /// The stratum of every cell.
    abstract int[] ofCells(ComparedCells cells);
}
