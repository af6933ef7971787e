package org.polyphony.plugin.profile.linear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.polyphony.plugin.profile.linear.FeatureBlock.Scale;
import org.polyphony.preferences.Parallel;

/// The small study of the reference numbers, as the file holds it; see ORIGIN.md beside it.
final class GoldenStudy {
    final JsonNode golden = read();
    final JsonNode inputs = golden.get("inputs");
    final int items = inputs.get("items").asInt();
    final int people = inputs.get("people").asInt();
    final int[] offsets = new int[items + 1];
    final int[] start = new int[people + 1];
    final Answers answers;
    final List<FeatureBlock> blocks;
    final Basis basis;
    final Design design;

    GoldenStudy() {
        int k = inputs.get("candidates").asInt();
        Arrays.setAll(offsets, item -> item * k);
        List<JsonNode> judged = new ArrayList<>();
        inputs.get("judgments").forEach(judged::add);
        int n = judged.size();
        var first = new int[n];
        var second = new int[n];
        var ordered = new boolean[n];
        var weight = new double[n];
        var share = new double[n];
        for (int row = 0; row < n; row++) {
            JsonNode of = judged.get(row);
            start[of.get(0).asInt() + 1] = row + 1;
            first[row] = of.get(1).asInt();
            second[row] = of.get(2).asInt();
            ordered[row] = true;
            weight[row] = 1;
            share[row] = of.get(3).asDouble();
        }
        answers = new Answers(first, second, ordered, weight, share);
        blocks = List.of(new FeatureBlock(width("F1"), Scale.COLUMN, 2), new FeatureBlock(width("F2"), Scale.BLOCK, 2));
        basis = Basis.learn(features(inputs), offsets, blocks, Parallel.SEQUENTIAL);
        design = new Design(basis.apply(features(inputs), offsets[items]), basis.block(), offsets);
    }

    Answers merged() {
        return answers.merged(design.candidates(), row -> true);
    }

    int person(int row) {
        int person = 0;
        while (start[person + 1] <= row) {
            person++;
        }
        return person;
    }

    /// What the reference's levels are fitted to: its own crossfitted log odds, and columns 0 and 2.
    LevelData levels() {
        double[] eta = numbers(golden.get("crossfit").get("eta"));
        double[] t = new double[eta.length * 3];
        for (int row = 0; row < eta.length; row++) {
            t[row * 3] = eta[row];
            t[row * 3 + 1] = design.apart(answers.first()[row], answers.second()[row], 0);
            t[row * 3 + 2] = design.apart(answers.first()[row], answers.second()[row], 2);
        }
        int[] seat = new int[people];
        Arrays.setAll(seat, person -> person % 2);
        return new LevelData(t, new int[] {0, 1, 2}, eta, answers.weight(), answers.share(), start, seat);
    }

    static double[] features(JsonNode of) {
        double[][] one = rows(of.get("F1"));
        double[][] other = rows(of.get("F2"));
        double[] all = new double[one.length * (one[0].length + other[0].length)];
        int to = 0;
        for (int i = 0; i < one.length; i++) {
            System.arraycopy(one[i], 0, all, to, one[i].length);
            System.arraycopy(other[i], 0, all, to + one[i].length, other[i].length);
            to += one[i].length + other[i].length;
        }
        return all;
    }

    static double[] numbers(JsonNode of) {
        return StreamSupport.stream(of.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    static double[][] rows(JsonNode of) {
        return StreamSupport.stream(of.spliterator(), false)
                .map(GoldenStudy::numbers)
                .toArray(double[][]::new);
    }

    static double[] flat(JsonNode of) {
        return Arrays.stream(rows(of)).flatMapToDouble(Arrays::stream).toArray();
    }

    private int width(String features) {
        return inputs.get(features).get(0).size();
    }

    private static JsonNode read() {
        try (var in = GoldenStudy.class.getResourceAsStream("/reference/profile_golden.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
