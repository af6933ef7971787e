package org.polyphony.support.contract;

import static org.polyphony.support.contract.WellFormed.first;
import static org.polyphony.support.contract.WellFormed.isName;
import static org.polyphony.support.contract.WellFormed.wrong;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.Block.Place;
import org.polyphony.spi.evaluation.Block.Point;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Section;

/// What a report relies on when it draws sections.
final class WellFormedSections {

    private static final double ROUNDING = 1e-9;
    private static final String DRAWN = "finite numbers and indices of what there is";

    private WellFormedSections() {}

    static Optional<String> of(List<Section> sections) {
        var seen = new HashSet<String>();
        return firstOf(sections, section -> {
            String what = "section '" + section.id() + "'";
            return first(
                    () -> requires(
                            isName(section.id()) && !section.title().isBlank(),
                            what + " with the title '" + section.title() + "'",
                            "an id in lower case and a title"),
                    () -> requires(seen.add(section.id()), what + " twice", "each section once"),
                    () -> requires(
                            !section.headlines().isEmpty() || !section.blocks().isEmpty(),
                            what + " with nothing in it",
                            "a headline or a block"),
                    () -> firstOf(section.sentences().toList(), WellFormedSections::sentence),
                    () -> firstOf(section.blocks(), block -> block(what, block)));
        });
    }

    private static Optional<String> requires(boolean holds, String got, String wanted) {
        return holds ? Optional.empty() : wrong(got, wanted);
    }

    private static Optional<String> sentence(Headline headline) {
        return requires(
                isName(headline.code()) && !headline.sentence().isBlank(),
                "the sentence '" + headline.sentence() + "' with the code '" + headline.code() + "'",
                "one that says something, with a code in lower case");
    }

    private static Optional<String> block(String what, Block block) {
        return switch (block) {
            case Block.Text text -> requires(!text.text().isBlank(), "a blank paragraph in " + what, "one with words");
            case Block.Notes notes ->
                requires(
                        !notes.summary().isBlank() && !notes.notes().isEmpty(),
                        "notes without a summary or a sentence in " + what,
                        "both");
            case Block.Table table ->
                each(
                        "a row of another length in a table of " + what,
                        table.rows(),
                        row -> row.cells().size() == table.columns().size(),
                        "a cell per column");
            case Block.Dots dots -> estimates(dots.caption(), dots.axis(), dots.dots());
            case Block.Bars bars -> estimates(bars.caption(), bars.axis(), bars.bars());
            case Block.Lines lines ->
                first(
                        () -> drawable(lines.caption(), lines.x(), lines.y()),
                        () -> some(lines.caption(), lines.points(), point -> fits(lines, point)));
            case Block.Matrix matrix ->
                first(
                        () -> drawable(matrix.caption()),
                        () -> some(
                                matrix.caption(),
                                matrix.cells(),
                                cell -> within(cell.row(), matrix.rows())
                                        && within(cell.column(), matrix.columns())
                                        && Double.isFinite(cell.value())));
            case Block.Graph graph ->
                first(
                        () -> drawable(graph.caption()),
                        () -> each(
                                place(graph.caption()),
                                graph.edges(),
                                edge -> within(edge.from(), graph.nodes())
                                        && within(edge.to(), graph.nodes())
                                        && edge.weight() >= 0
                                        && edge.weight() <= 1,
                                DRAWN));
            case Block.Simplex simplex ->
                first(
                        () -> drawable(simplex.caption()),
                        () -> requires(
                                simplex.corners().size() == 3,
                                place(simplex.caption()) + " of "
                                        + simplex.corners().size() + " corners",
                                "three"),
                        () -> some(simplex.caption(), simplex.places(), WellFormedSections::isDistribution));
        };
    }

    private static Optional<String> estimates(Caption caption, Axis axis, List<Estimate> estimates) {
        return first(
                () -> drawable(caption, axis),
                () -> each(
                        place(caption),
                        estimates,
                        estimate -> Double.isFinite(estimate.value()) && isInterval(estimate.low(), estimate.high()),
                        DRAWN));
    }

    private static Optional<String> drawable(Caption caption, Axis... axes) {
        return requires(
                Stream.concat(
                                Stream.of(caption.title(), caption.alternative()),
                                Stream.of(axes).map(Axis::label))
                        .noneMatch(String::isBlank),
                place(caption) + " shown as '" + caption.alternative() + "'",
                "a title, words for who does not see it, and a label on every axis");
    }

    private static boolean fits(Block.Lines lines, Point point) {
        return Double.isFinite(point.x())
                && Double.isFinite(point.y())
                && (point.low().isEmpty() || Double.isFinite(point.low().getAsDouble()))
                && (point.high().isEmpty() || Double.isFinite(point.high().getAsDouble()))
                && (!lines.x().logarithmic() || point.x() > 0)
                && (!lines.y().logarithmic() || point.y() > 0)
                && (lines.ticks().isEmpty()
                        || (point.x() == Math.rint(point.x()) && within((int) point.x(), lines.ticks())));
    }

    private static boolean isDistribution(Place place) {
        return place.first() >= 0
                && place.second() >= 0
                && place.third() >= 0
                && Math.abs(place.first() + place.second() + place.third() - 1) < ROUNDING;
    }

    private static boolean isInterval(OptionalDouble low, OptionalDouble high) {
        return low.isPresent() == high.isPresent() && Double.isFinite(low.orElse(0)) && Double.isFinite(high.orElse(0));
    }

    private static <T> Optional<String> some(Caption caption, List<T> drawn, Predicate<T> fits) {
        return first(
                () -> requires(!drawn.isEmpty(), place(caption) + " that is empty", DRAWN),
                () -> each(place(caption), drawn, fits, DRAWN));
    }

    private static <T> Optional<String> each(String what, List<T> all, Predicate<T> fits, String wanted) {
        return firstOf(all, one -> requires(fits.test(one), what + ", " + one, wanted));
    }

    private static String place(Caption caption) {
        return "the picture '" + caption.title() + "'";
    }

    private static <T> Optional<String> firstOf(List<T> all, Function<T, Optional<String>> check) {
        return all.stream().map(check).flatMap(Optional::stream).findFirst();
    }

    private static boolean within(int index, List<?> list) {
        return index >= 0 && index < list.size();
    }
}
