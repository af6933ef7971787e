package org.polyphony.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Results on standard output: aligned columns for people, JSON for programs.
final class Tables {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Tables() {}

    static void print(Map<String, Object> values, boolean json) {
        if (json) {
            System.out.println(json(values));
        } else {
            var cells = new LinkedHashMap<String, String>();
            values.forEach((key, value) -> cells.put(Printable.cell(key), Printable.cell(String.valueOf(value))));
            int width = cells.keySet().stream().mapToInt(String::length).max().orElse(0);
            cells.forEach((key, value) -> System.out.println(pad(key, width) + "  " + value));
        }
    }

    static void print(List<String> columns, List<List<String>> texts) {
        var rows = texts.stream()
                .map(row -> row.stream().map(Printable::cell).toList())
                .toList();
        var widths = new ArrayList<Integer>();
        for (int c = 0; c < columns.size(); c++) {
            int width = columns.get(c).length();
            for (var row : rows) {
                width = Math.max(width, row.get(c).length());
            }
            widths.add(width);
        }
        System.out.println(line(
                columns.stream().map(c -> c.toUpperCase(java.util.Locale.ROOT)).toList(), widths));
        rows.forEach(row -> System.out.println(line(row, widths)));
    }

    /// A gap for people; – where there is none.
    static String gap(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : "–";
    }

    static String json(Object value) {
        try {
            return Printable.json(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts could not be written", e);
        }
    }

    private static String line(List<String> cells, List<Integer> widths) {
        var line = new StringBuilder();
        for (int c = 0; c < cells.size(); c++) {
            line.append(c == cells.size() - 1 ? cells.get(c) : pad(cells.get(c), widths.get(c)) + "  ");
        }
        return line.toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
