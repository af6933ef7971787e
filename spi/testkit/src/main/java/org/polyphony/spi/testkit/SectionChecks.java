package org.polyphony.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Section;

/// What a report relies on when it draws sections.
final class SectionChecks {

    private static final double ROUNDING = 1e-9;

    private SectionChecks() {}

    static void assertWellFormed(List<Section> sections) {
        var seen = new HashSet<String>();
        for (var section : sections) {
            String what = "section '" + section.id() + "'";
            assertThat(section.id()).as("id of %s", what).matches(EvaluatorContract.NAME);
            assertThat(seen.add(section.id())).as("%s is given once", what).isTrue();
            assertThat(section.title()).as("title of %s", what).isNotBlank();
            assertThat(section.headlines().size() + section.blocks().size())
                    .as("headlines and blocks of %s, which is left out if it has none", what)
                    .isPositive();
            section.sentences().forEach(SectionChecks::assertWellFormed);
            section.blocks().forEach(block -> assertWellFormed(what, block));
        }
    }

    private static void assertWellFormed(Headline headline) {
        assertThat(headline.code()).as("code of a sentence").matches(EvaluatorContract.NAME);
        assertThat(headline.sentence()).as("sentence of %s", headline.code()).isNotBlank();
    }

    private static void assertWellFormed(String what, Block block) {
        switch (block) {
            case Block.Text(var text) ->
                assertThat(text).as("paragraph of %s", what).isNotBlank();
            case Block.Notes(var summary, var notes) -> {
                assertThat(summary).as("summary of the notes of %s", what).isNotBlank();
                assertThat(notes).as("notes of %s", what).isNotEmpty();
            }
            case Block.Table table ->
                assertThat(table.rows())
                        .as("rows of a table of %s, each with a cell per column", what)
                        .allMatch(row -> row.cells().size() == table.columns().size());
            case Block.Dots(var caption, var axis, var dots) -> assertDrawable(what, caption, dots, axis);
            case Block.Bars(var caption, var axis, var bars) -> assertDrawable(what, caption, bars, axis);
            case Block.Lines(var caption, var x, var ticks, var y, var points) -> {
                assertDrawable(what, caption, List.of(), x, y);
                assertThat(points)
                        .as("points of '%s'", caption.title())
                        .isNotEmpty()
                        .allMatch(point -> finite(point.x(), point.y())
                                && finite(point.low().orElse(0), point.high().orElse(0))
                                && (!x.logarithmic() || point.x() > 0)
                                && (!y.logarithmic() || point.y() > 0)
                                && (ticks.isEmpty()
                                        || (point.x() == Math.rint(point.x())
                                                && point.x() >= 0
                                                && point.x() < ticks.size())));
            }
            case Block.Matrix(var caption, var rows, var columns, var cells) -> {
                assertDrawable(what, caption, List.of());
                assertThat(cells)
                        .as("cells of '%s'", caption.title())
                        .isNotEmpty()
                        .allMatch(cell ->
                                within(cell.row(), rows) && within(cell.column(), columns) && finite(cell.value()));
            }
            case Block.Graph(var caption, var nodes, var edges) -> {
                assertDrawable(what, caption, List.of());
                assertThat(edges)
                        .as("arrows of '%s'", caption.title())
                        .allMatch(edge -> within(edge.from(), nodes)
                                && within(edge.to(), nodes)
                                && edge.weight() >= 0
                                && edge.weight() <= 1);
            }
            case Block.Simplex(var caption, var corners, var places) -> {
                assertDrawable(what, caption, List.of());
                assertThat(corners).as("corners of '%s'", caption.title()).hasSize(3);
                assertThat(places)
                        .as("places of '%s'", caption.title())
                        .isNotEmpty()
                        .allSatisfy(place -> {
                            assertThat(Math.min(place.first(), Math.min(place.second(), place.third())))
                                    .isGreaterThanOrEqualTo(0);
                            assertThat(Math.abs(place.first() + place.second() + place.third() - 1))
                                    .isLessThan(ROUNDING);
                        });
            }
        }
    }

    private static void assertDrawable(String what, Caption caption, List<Estimate> estimates, Axis... axes) {
        assertThat(caption.title()).as("title of a picture of %s", what).isNotBlank();
        assertThat(caption.alternative())
                .as("'%s' in words, for who does not see it", caption.title())
                .isNotBlank();
        assertThat(Stream.of(axes).map(Axis::label))
                .as("axes of '%s'", caption.title())
                .noneMatch(String::isBlank);
        assertThat(estimates)
                .as("numbers of '%s'", caption.title())
                .allMatch(estimate -> finite(estimate.value())
                        && estimate.low().isPresent() == estimate.high().isPresent()
                        && finite(estimate.low().orElse(0), estimate.high().orElse(0)));
    }

    private static boolean within(int index, List<?> list) {
        return index >= 0 && index < list.size();
    }

    private static boolean finite(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
