package org.polyphony.engine.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.polyphony.spi.evaluation.Block;
import org.polyphony.spi.evaluation.Block.Axis;
import org.polyphony.spi.evaluation.Block.Caption;
import org.polyphony.spi.evaluation.Block.Estimate;
import org.polyphony.spi.evaluation.Headline;
import org.polyphony.spi.evaluation.Section;

/// Sections of anybody as JSON, which the page draws; `docs/reference/report.md` describes it.
public final class SectionJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SectionJson() {}

    /// The sections.
    public static ArrayNode of(List<Section> sections) {
        var array = NODES.arrayNode();
        for (var section : sections) {
            var node = array.addObject().put("id", section.id()).put("title", section.title());
            node.set("headlines", headlines(section.headlines()));
            var blocks = node.putArray("blocks");
            section.blocks().forEach(block -> blocks.add(of(block)));
        }
        return array;
    }

    /// Sentences.
    public static ArrayNode headlines(List<Headline> headlines) {
        var array = NODES.arrayNode();
        for (var headline : headlines) {
            var node = array.addObject().put("code", headline.code());
            var labels = node.putObject("labels");
            headline.labels().forEach(labels::put);
            node.put("tone", headline.tone().name()).put("text", headline.sentence());
        }
        return array;
    }

    private static ObjectNode of(Block block) {
        return switch (block) {
            case Block.Text(var text) -> NODES.objectNode().put("block", "text").put("text", text);
            case Block.Notes(var summary, var notes) -> {
                var node = NODES.objectNode().put("block", "notes").put("summary", summary);
                node.set("notes", headlines(notes));
                yield node;
            }
            case Block.Table(var title, var columns, var rows) -> {
                var node = NODES.objectNode().put("block", "table").put("title", title);
                var head = node.putArray("columns");
                columns.forEach(
                        column -> head.addObject().put("name", column.name()).put("numeric", column.numeric()));
                yield list(
                        node,
                        "rows",
                        rows,
                        Block.ROWS,
                        (array, row) -> row.cells().forEach(array.addArray()::add));
            }
            case Block.Dots(var caption, var axis, var dots) -> {
                var node = drawn("dots", caption);
                node.set("axis", axis(axis));
                yield list(node, "dots", dots, Block.ROWS, SectionJson::estimate);
            }
            case Block.Bars(var caption, var axis, var bars) -> {
                var node = drawn("bars", caption);
                node.set("axis", axis(axis));
                yield list(node, "bars", bars, Block.ROWS, SectionJson::estimate);
            }
            case Block.Lines(var caption, var x, var ticks, var y, var points) -> {
                var node = drawn("lines", caption);
                node.set("x", axis(x));
                texts(node, "ticks", ticks).set("y", axis(y));
                yield list(
                        node,
                        "points",
                        points,
                        Block.POINTS,
                        (array, point) -> bounds(
                                array.addObject()
                                        .put("series", point.series())
                                        .put("x", point.x())
                                        .put("y", point.y()),
                                point.low(),
                                point.high()));
            }
            case Block.Matrix(var caption, var rows, var columns, var cells) -> {
                var node = texts(texts(drawn("matrix", caption), "rows", rows), "columns", columns);
                yield list(
                        node,
                        "cells",
                        cells,
                        Block.ROWS,
                        (array, cell) -> array.addObject()
                                .put("row", cell.row())
                                .put("column", cell.column())
                                .put("value", cell.value()));
            }
            case Block.Graph(var caption, var nodes, var edges) ->
                list(
                        texts(drawn("graph", caption), "nodes", nodes),
                        "edges",
                        edges,
                        Block.ROWS,
                        (array, edge) -> array.addObject()
                                .put("from", edge.from())
                                .put("to", edge.to())
                                .put("weight", edge.weight()));
            case Block.Simplex(var caption, var corners, var places) ->
                list(
                        texts(drawn("simplex", caption), "corners", corners),
                        "places",
                        places,
                        Block.POINTS,
                        (array, place) -> array.addObject()
                                .put("series", place.series())
                                .put("first", place.first())
                                .put("second", place.second())
                                .put("third", place.third()));
        };
    }

    private static ObjectNode drawn(String kind, Caption caption) {
        return NODES.objectNode()
                .put("block", kind)
                .put("title", caption.title())
                .put("alternative", caption.alternative());
    }

    private static ObjectNode axis(Axis axis) {
        var node = NODES.objectNode().put("label", axis.label());
        if (axis.logarithmic()) {
            node.put("logarithmic", true);
        }
        if (axis.mark().isPresent()) {
            node.put("mark", axis.mark().getAsDouble()).put("marked", axis.marked());
        }
        return node;
    }

    private static void estimate(ArrayNode array, Estimate estimate) {
        bounds(
                array.addObject()
                        .put("row", estimate.row())
                        .put("series", estimate.series())
                        .put("value", estimate.value()),
                estimate.low(),
                estimate.high());
    }

    private static void bounds(ObjectNode node, OptionalDouble low, OptionalDouble high) {
        if (low.isPresent() && high.isPresent()) {
            node.put("low", low.getAsDouble()).put("high", high.getAsDouble());
        }
    }

    private static ObjectNode texts(ObjectNode node, String name, List<String> texts) {
        var array = node.putArray(name);
        texts.forEach(array::add);
        return node;
    }

    // what is beyond the limit is counted
    private static <T> ObjectNode list(
            ObjectNode node, String name, List<T> of, int most, BiConsumer<ArrayNode, T> add) {
        var array = node.putArray(name);
        of.stream().limit(most).forEach(element -> add.accept(array, element));
        if (of.size() > most) {
            node.put("leftOut", of.size() - most);
        }
        return node;
    }
}
