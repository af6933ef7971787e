package org.polyphony.engine.sample.parametric;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.preference.Candidates;
import org.polyphony.spi.preference.Entries;
import org.polyphony.spi.preference.Judges;
import org.polyphony.spi.preference.Judges.GroupAttribute;
import org.polyphony.spi.preference.JudgmentColumns;
import org.polyphony.spi.preference.JudgmentForm;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.preference.SourceRequest;
import org.polyphony.spi.tensor.Tensor;

/// Two sides of three debates, two or three arguments each, compared by twenty judges. The texts have 1, 2, 3
/// characters.
@Plugin(role = PreferenceSource.class, id = "texts", settings = TextSettings.class, summary = "Made up, for tests")
public final class TextSource implements PreferenceSource {

    private static final int JUDGES = 20;

    @Override
    public PreferenceData read(SourceRequest request, PluginContext context) {
        var settings = context.settings(TextSettings.class);
        var offsets = new int[] {0, 2, 5, 7, 10, 12, 15};
        var ids = new ArrayList<String>();
        var texts = new ArrayList<String>();
        for (int b = 0; b < 6; b++) {
            for (int k = 0; k < offsets[b + 1] - offsets[b]; k++) {
                ids.add(b + "-" + k);
                texts.add(settings.texts() ? "x".repeat(k + 1) : "");
            }
        }
        var candidates = Candidates.of(
                        List.of("a1", "a2", "b1", "b2", "c1", "c2"),
                        List.of("a", "a", "b", "b", "c", "c"),
                        ids,
                        texts,
                        offsets)
                .withItemAttribute("debate", List.of("a", "a", "b", "b", "c", "c"))
                .withItemAttribute("same", List.of("s", "s", "s", "s", "s", "s"));
        int n = JUDGES * 6;
        var forms = new byte[n];
        var items = new int[n];
        var annotator = new int[n];
        var level = new int[n];
        var ends = new int[n + 1];
        var entries = new int[2 * n];
        var values = new double[2 * n];
        var weights = new double[n];
        var judges = new ArrayList<String>();
        for (int j = 0; j < JUDGES; j++) {
            judges.add("judge-" + (char) ('a' + j));
            for (int b = 0; b < 6; b++) {
                int at = j * 6 + b;
                forms[at] = JudgmentForm.PAIR.code();
                items[at] = b;
                annotator[at] = j;
                level[at] = j % 2;
                ends[at + 1] = 2 * (at + 1);
                entries[2 * at + 1] = 1;
                values[2 * at + (j + b) % 3 % 2] = 1;
                weights[at] = 1;
            }
        }
        return PreferenceData.of(
                Judgments.of(
                        candidates,
                        new Judges(judges, List.of(new GroupAttribute("side", List.of("left", "right")))),
                        JudgmentColumns.of(
                                Tensor.ofBytes(forms, n),
                                Tensor.ofInts(items, n),
                                Tensor.ofInts(annotator, n),
                                Tensor.ofInts(level, n, 1),
                                Tensor.ofDoubles(weights, n)),
                        new Entries(
                                Tensor.ofInts(ends, n + 1),
                                Tensor.ofInts(entries, 2 * n),
                                Tensor.ofDoubles(values, 2 * n),
                                true)),
                List.of());
    }
}
