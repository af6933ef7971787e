package org.polyphony.spi.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import org.osgi.annotation.versioning.ProviderType;

/// One thing that a section shows. Plain text only; a report shows at most [#ROWS] rows, [#POINTS] points of curves and
/// ways, and says how many it left out.
///
/// Whoever reads blocks writes a default: more kinds may come.
@ProviderType
public sealed interface Block {

    /// How many rows, dots, cells or edges of one block are shown.
    int ROWS = 1000;

    /// How many points or places of one block are shown.
    int POINTS = 20_000;

    /// A paragraph.
    record Text(String text) implements Block {}

    /// Sentences that are not said first.
    ///
    /// @param summary what they are about, for a reader who does not open them
    record Notes(String summary, List<Headline> notes) implements Block {
        public Notes {
            notes = List.copyOf(notes);
        }
    }

    /// A table.
    ///
    /// @param rows each with one cell per column
    record Table(String title, List<Column> columns, List<Row> rows) implements Block {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /// Numbers with their intervals: a line per row, a colour per series.
    record Dots(Caption caption, Axis axis, List<Estimate> dots) implements Block {
        public Dots {
            dots = List.copyOf(dots);
        }
    }

    /// Numbers as bars from zero: a line per row, a colour per series.
    record Bars(Caption caption, Axis axis, List<Estimate> bars) implements Block {
        public Bars {
            bars = List.copyOf(bars);
        }
    }

    /// Curves.
    ///
    /// @param ticks names of the places 0, 1, … on the x axis; empty if x is a number like any other
    /// @param points each series in ascending order of x
    record Lines(Caption caption, Axis x, List<String> ticks, Axis y, List<Point> points) implements Block {
        public Lines {
            ticks = List.copyOf(ticks);
            points = List.copyOf(points);
        }
    }

    /// A number for pairs of a row and a column; what is not given is blank.
    record Matrix(Caption caption, List<String> rows, List<String> columns, List<Cell> cells) implements Block {
        public Matrix {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            cells = List.copyOf(cells);
        }
    }

    /// Who beats whom, and the like.
    record Graph(Caption caption, List<String> nodes, List<Edge> edges) implements Block {
        public Graph {
            nodes = List.copyOf(nodes);
            edges = List.copyOf(edges);
        }
    }

    /// Ways of distributions over three outcomes.
    ///
    /// @param corners three names
    /// @param places each series in the order in which it moved
    record Simplex(Caption caption, List<String> corners, List<Place> places) implements Block {
        public Simplex {
            corners = List.copyOf(corners);
            places = List.copyOf(places);
        }
    }

    /// What stands above a picture, and what it shows in words, for who does not see it.
    record Caption(String title, String alternative) {}

    /// An axis.
    ///
    /// @param label what is measured, with its unit
    /// @param logarithmic whether powers of ten are equally far apart; every number on it is then above zero
    /// @param mark where a reference line is drawn, for example at what chance gives
    /// @param marked the line's name; empty if there is none
    record Axis(String label, boolean logarithmic, OptionalDouble mark, String marked) {

        /// A linear axis without a reference line.
        public static Axis of(String label) {
            return new Axis(label, false, OptionalDouble.empty(), "");
        }

        /// The same by powers of ten.
        public Axis withLogarithms() {
            return new Axis(label, true, mark, marked);
        }

        /// The same with a reference line.
        public Axis withMark(double at, String name) {
            return new Axis(label, logarithmic, OptionalDouble.of(at), name);
        }
    }

    /// A table's column.
    ///
    /// @param numeric whether cells are figures, which stand flush right
    record Column(String name, boolean numeric) {}

    /// A table's row.
    record Row(List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /// A finite number with its 95 % interval, if it has one.
    record Estimate(String row, String series, double value, OptionalDouble low, OptionalDouble high) {}

    /// A place on a curve; with bounds, a band is drawn between them.
    record Point(String series, double x, double y, OptionalDouble low, OptionalDouble high) {}

    /// A matrix's cell, by the indices of its row and column.
    record Cell(int row, int column, double value) {}

    /// An arrow between two nodes, by their indices.
    ///
    /// @param weight how strong, in [0, 1]
    record Edge(int from, int to, double weight) {}

    /// A distribution over the three corners.
    record Place(String series, double first, double second, double third) {}
}
