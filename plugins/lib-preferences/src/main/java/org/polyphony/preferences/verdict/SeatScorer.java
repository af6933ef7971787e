package org.polyphony.preferences.verdict;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Scores one labelling of the units after the other; a workspace, owned by one thread.
///
/// For seat s, U = Σ_n (1[n ∈ s] − π)(y − μ) x over judgments n, with π the share of the seat in the judgment's
/// stratum and x = e_first − e_second; v_j is the part of unit j. P takes out the directions along which a seat that is
/// only more or less reliable, or has a position bias of its own, would move. T = |P U|² − Σ_j |P v_j|² is what
/// *different* units agree on.
final class SeatScorer {
    private static final int PER_CELL = 3;

    private final ComparedCells cells;
    private final Population population;
    private final boolean projected;
    /// units that are compared at all, by their labels
    private final boolean[] leftOut;
    private final double[] residual;
    private final double[] residualOfCell;
    private final int[] localFirst;
    private final int[] localSecond;
    /// how many coordinates every unit has judged
    private final int[] coordinatesOfUnit;
    private final double[] scratch;

    private final Map<Strata, Stratum> strata;

    private final double[] ofSeat;
    private double[] seatOfStratum = new double[0];
    private final double[] share;
    private final double[] ofCell;
    private final double[] score;
    private final double[][] directions;

    /// What does not depend on a labelling, shared by the workspaces of all threads.
    ///
    /// @param population fitted to the same units
    /// @param leftOut seats whose units take no part
    /// @param projected whether P is applied; where there are hardly any directions it would take all
    SeatScorer(ComparedCells cells, Population population, boolean[] leftOut, boolean projected) {
        this.cells = cells;
        this.population = population;
        this.projected = projected;
        this.leftOut = leftOut;
        int entries = cells.entries();
        this.residual = new double[entries];
        this.residualOfCell = new double[cells.cells()];
        this.localFirst = new int[entries];
        this.localSecond = new int[entries];
        this.coordinatesOfUnit = new int[cells.units().size()];
        int most = locate();
        this.scratch = new double[most];
        this.strata = new EnumMap<>(Strata.class);
        for (Strata kind : Strata.values()) {
            strata.put(kind, Stratum.of(kind, cells, population.total()));
        }
        this.ofSeat = new double[cells.cells()];
        this.share = new double[cells.cells()];
        this.ofCell = new double[PER_CELL * cells.cells()];
        this.score = new double[cells.coordinates()];
        this.directions = new double[2][cells.coordinates()];
    }

    private SeatScorer(SeatScorer other) {
        this.cells = other.cells;
        this.population = other.population;
        this.projected = other.projected;
        this.leftOut = other.leftOut;
        this.residual = other.residual;
        this.residualOfCell = other.residualOfCell;
        this.localFirst = other.localFirst;
        this.localSecond = other.localSecond;
        this.coordinatesOfUnit = other.coordinatesOfUnit;
        this.scratch = new double[other.scratch.length];
        this.strata = other.strata;
        this.ofSeat = new double[other.ofSeat.length];
        this.share = new double[other.share.length];
        this.ofCell = new double[other.ofCell.length];
        this.score = new double[other.score.length];
        this.directions = new double[2][other.score.length];
    }

    /// Where cells lie, which no labelling changes.
    ///
    /// @param ofCell stratum of every cell
    /// @param total judgments of every stratum
    private record Stratum(int[] ofCell, double[] total) {
        static Stratum of(Strata kind, ComparedCells cells, double[] totalOfCell) {
            int[] ofCell = kind.ofCells(cells);
            double[] total = new double[kind.count(cells)];
            for (int c = 0; c < ofCell.length; c++) {
                total[ofCell[c]] += totalOfCell[c];
            }
            return new Stratum(ofCell, total);
        }
    }

    /// Another workspace for the same judgments.
    SeatScorer another() {
        return new SeatScorer(this);
    }

    // numbers the coordinates of every unit, so that its part is a short vector; the length of the longest
    private int locate() {
        int[] place = new int[cells.coordinates()];
        Arrays.fill(place, -1);
        int[] found = new int[cells.coordinates()];
        int most = 0;
        for (int unit = 0; unit < coordinatesOfUnit.length; unit++) {
            int size = 0;
            for (int e = cells.start(unit); e < cells.start(unit + 1); e++) {
                int c = cells.cell(e);
                residual[e] = cells.y(e) - cells.n(e) * population.mean()[c];
                if (takesPart(unit)) {
                    residualOfCell[c] += residual[e];
                }
                if (place[cells.first(c)] < 0) {
                    place[cells.first(c)] = size;
                    found[size++] = cells.first(c);
                }
                if (place[cells.second(c)] < 0) {
                    place[cells.second(c)] = size;
                    found[size++] = cells.second(c);
                }
                localFirst[e] = place[cells.first(c)];
                localSecond[e] = place[cells.second(c)];
            }
            coordinatesOfUnit[unit] = size;
            for (int at = 0; at < size; at++) {
                place[found[at]] = -1;
            }
            most = Math.max(most, size);
        }
        return most;
    }

    private boolean takesPart(int unit) {
        return !leftOut[cells.units().label(unit)];
    }

    /// What one labelling scores.
    ///
    /// @param plainT T without P
    /// @param plainW W without P
    /// @param t T
    /// @param w W = Σ_j |P v_j|²
    /// @param effective E = Σ_h n_sh (1 − π_h)
    /// @param reliability R, standardised
    record Score(double plainT, double plainW, double t, double w, double effective, double reliability) {
        /// T / W: the statistic.
        double ratio() {
            return t / Math.max(w, 1e-12);
        }

        /// The same without P.
        double plainRatio() {
            return plainT / Math.max(plainW, 1e-12);
        }
    }

    /// Scores a seat under a labelling of the units.
    Score score(int[] seatOfUnit, int seat, Strata strata) {
        double judged = countAndScore(seatOfUnit, seat);
        double effective = shares(strata);
        double reliability = expectationAndDirections(judged);
        orthonormalise();
        double plain = 0;
        double projected0 = 0;
        double projected1 = 0;
        for (int i = 0; i < score.length; i++) {
            plain += score[i] * score[i];
            projected0 += score[i] * directions[0][i];
            projected1 += score[i] * directions[1][i];
        }
        double[] parts = parts(seatOfUnit, seat, residual);
        double t = plain - projected0 * projected0 - projected1 * projected1 - parts[1];
        return new Score(plain - parts[0], parts[0], t, parts[1], effective, reliability);
    }

    /// Judgments of the seat by cell.
    private void count(int[] seatOfUnit, int seat) {
        Arrays.fill(ofSeat, 0);
        for (int unit = 0; unit < seatOfUnit.length; unit++) {
            if (seatOfUnit[unit] == seat && takesPart(unit)) {
                for (int e = cells.start(unit); e < cells.start(unit + 1); e++) {
                    ofSeat[cells.cell(e)] += cells.n(e);
                }
            }
        }
    }

    // π of every cell's stratum; returns E
    private double shares(Strata strata) {
        double[] total = population.total();
        double effective = 0;
        if (strata == Strata.CELLS) {
            for (int c = 0; c < share.length; c++) {
                share[c] = total[c] > 0 ? ofSeat[c] / total[c] : 0;
                effective += ofSeat[c] * (1 - share[c]);
            }
            return effective;
        }
        Stratum of = Objects.requireNonNull(this.strata.get(strata));
        if (seatOfStratum.length == of.total.length) {
            Arrays.fill(seatOfStratum, 0);
        } else {
            seatOfStratum = new double[of.total.length];
        }
        for (int c = 0; c < share.length; c++) {
            seatOfStratum[of.ofCell[c]] += ofSeat[c];
        }
        for (int c = 0; c < share.length; c++) {
            int h = of.ofCell[c];
            share[c] = of.total[h] > 0 ? seatOfStratum[h] / of.total[h] : 0;
            effective += ofSeat[c] * (1 - share[c]);
        }
        return effective;
    }

    // counts judgments of the seat by cell and adds what they score; returns the numerator of R so far
    private double countAndScore(int[] seatOfUnit, int seat) {
        Arrays.fill(ofSeat, 0);
        Arrays.fill(score, 0);
        double[] eta = population.eta();
        double above = 0;
        for (int unit = 0; unit < seatOfUnit.length; unit++) {
            if (seatOfUnit[unit] == seat && takesPart(unit)) {
                for (int e = cells.start(unit); e < cells.start(unit + 1); e++) {
                    int c = cells.cell(e);
                    ofSeat[c] += cells.n(e);
                    score[cells.first(c)] += residual[e];
                    score[cells.second(c)] -= residual[e];
                    above += residual[e] * eta[c];
                }
            }
        }
        return above;
    }

    // takes off what the seat's share of everybody scores, and the directions that P takes out; returns R
    private double expectationAndDirections(double judged) {
        Arrays.fill(directions[0], 0);
        Arrays.fill(directions[1], 0);
        double[] eta = population.eta();
        double[] curvature = population.curvature();
        double above = judged;
        double below = 0;
        for (int c = 0; c < share.length; c++) {
            double expected = share[c] * residualOfCell[c];
            int i = cells.first(c);
            int k = cells.second(c);
            score[i] -= expected;
            score[k] += expected;
            above -= expected * eta[c];
            double contrast = ofSeat[c] * (1 - share[c]) * curvature[c];
            below += contrast * eta[c] * eta[c];
            directions[0][i] += contrast * eta[c];
            directions[0][k] -= contrast * eta[c];
            directions[1][i] += contrast;
            directions[1][k] -= contrast;
        }
        return above / Math.sqrt(Math.max(below, 1e-12));
    }

    /// Gram-Schmidt, twice, on one or two directions; one that depends on the others is left out.
    private void orthonormalise() {
        if (!projected) {
            Arrays.fill(directions[0], 0);
            Arrays.fill(directions[1], 0);
            return;
        }
        if (!cells.ordered()) {
            Arrays.fill(directions[1], 0);
        }
        normalise(directions[0], norm(directions[0]));
        double before = norm(directions[1]);
        for (int pass = 0; pass < 2; pass++) {
            double dot = dot(directions[0], directions[1]);
            for (int i = 0; i < score.length; i++) {
                directions[1][i] -= dot * directions[0][i];
            }
        }
        normalise(directions[1], before);
    }

    private void normalise(double[] direction, double before) {
        double norm = norm(direction);
        if (!(norm > 1e-10 * before)) {
            Arrays.fill(direction, 0);
            return;
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] /= norm;
        }
    }

    // Σ_j |v_j|² and Σ_j |P v_j|²
    private double[] parts(int[] seatOfUnit, int seat, double[] ofEntry) {
        double all = 0;
        double taken = 0;
        along();
        for (int unit = 0; unit < seatOfUnit.length; unit++) {
            if (!takesPart(unit)) {
                continue;
            }
            double member = seatOfUnit[unit] == seat ? 1 : 0;
            double on0 = 0;
            double on1 = 0;
            for (int e = cells.start(unit), end = cells.start(unit + 1); e < end; e++) {
                int at = PER_CELL * cells.cell(e);
                double part = (member - ofCell[at]) * ofEntry[e];
                on0 += part * ofCell[at + 1];
                on1 += part * ofCell[at + 2];
                scratch[localFirst[e]] += part;
                scratch[localSecond[e]] -= part;
            }
            taken += on0 * on0 + on1 * on1;
            for (int i = 0; i < coordinatesOfUnit[unit]; i++) {
                all += scratch[i] * scratch[i];
                scratch[i] = 0;
            }
        }
        return new double[] {all, all - taken};
    }

    // what an entry needs of its cell, side by side: π, and x along the two directions
    private void along() {
        for (int c = 0; c < share.length; c++) {
            int i = cells.first(c);
            int k = cells.second(c);
            ofCell[PER_CELL * c] = share[c];
            ofCell[PER_CELL * c + 1] = directions[0][i] - directions[0][k];
            ofCell[PER_CELL * c + 2] = directions[1][i] - directions[1][k];
        }
    }

    /// Σ_j |P F_j z|² under the last labelling and seat: what the units' parts of a deviation z of the seat add to W.
    /// A judgment of the seat moves by (1 − π) w (z_i − z_k), one of the others by −π w (z_i − z_k).
    double spread(int[] seatOfUnit, int seat, double[] z) {
        double[] moved = new double[residual.length];
        for (int unit = 0; unit < seatOfUnit.length; unit++) {
            double member = seatOfUnit[unit] == seat ? 1 : 0;
            for (int e = cells.start(unit); e < cells.start(unit + 1); e++) {
                int c = cells.cell(e);
                double away = z[cells.first(c)] - z[cells.second(c)];
                moved[e] = (member - share[c]) * cells.n(e) * population.curvature()[c] * away;
            }
        }
        return parts(seatOfUnit, seat, moved)[1];
    }

    /// U of the last score, by coordinate, P not applied; overwritten by the next.
    double[] score() {
        return score;
    }

    /// Projection of the last score on the directions P takes out, subtracted from a copy of it.
    double[] projectedScore() {
        return project(score.clone());
    }

    /// P of the last score, applied in place.
    double[] project(double[] vector) {
        for (double[] direction : directions) {
            double dot = dot(direction, vector);
            for (int i = 0; i < vector.length; i++) {
                vector[i] -= dot * direction[i];
            }
        }
        return vector;
    }

    /// n_sc (1 − π) w_c of the last score, by cell: the curvature of F.
    double[] curvature() {
        double[] curvature = new double[share.length];
        for (int c = 0; c < curvature.length; c++) {
            curvature[c] = ofSeat[c] * (1 - share[c]) * population.curvature()[c];
        }
        return curvature;
    }

    /// How unlike the seat's share of cells is under a labelling: Σ_c (n_sc − n_c n_s/n)² / n_c / n_s. Large where who
    /// was asked what depends on the seat.
    double imbalance(int[] seatOfUnit, int seat) {
        count(seatOfUnit, seat);
        double[] total = population.total();
        double seats = 0;
        double everybody = 0;
        for (int c = 0; c < ofSeat.length; c++) {
            seats += ofSeat[c];
            everybody += total[c];
        }
        double sum = 0;
        for (int c = 0; c < ofSeat.length; c++) {
            if (total[c] > 0) {
                double away = ofSeat[c] - seats / everybody * total[c];
                sum += away * away / total[c];
            }
        }
        return sum / Math.max(seats, 1);
    }

    /// E within these strata, under a labelling.
    double effective(int[] seatOfUnit, int seat, Strata strata) {
        count(seatOfUnit, seat);
        return shares(strata);
    }

    /// n_s (1 − n_s / n): what E would be if every stratum held the seats alike.
    double full(int[] seatOfUnit, int seat) {
        count(seatOfUnit, seat);
        double seats = Arrays.stream(ofSeat).sum();
        return seats == 0
                ? 0
                : seats * (1 - seats / Arrays.stream(population.total()).sum());
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
