package org.polyphony.preferences.verdict;

/// Within what like is compared with like.
public enum Strata {
    /// The cell itself: an ordered pair of an item, or an unordered one where the order shown is unknown.
    CELLS {
        @Override
        int count(ComparedCells cells) {
            return cells.cells();
        }

        @Override
        int of(ComparedCells cells, int cell) {
            return cell;
        }
    },
    /// Unordered pairs of an item: only asked whether they would do, never compared within.
    PAIRS {
        @Override
        int count(ComparedCells cells) {
            return cells.pairs();
        }

        @Override
        int of(ComparedCells cells, int cell) {
            return cells.pair(cell);
        }
    },
    /// Items, where cells are too thin and judges were assigned alike.
    ITEMS {
        @Override
        int count(ComparedCells cells) {
            return cells.items();
        }

        @Override
        int of(ComparedCells cells, int cell) {
            return cells.item(cell);
        }
    };

    abstract int count(ComparedCells cells);

    abstract int of(ComparedCells cells, int cell);
}
