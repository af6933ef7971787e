package org.polyphony.engine.sample.rogue;

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

/// Two items of three candidates, four of four whose second is unsafe, and one of four that are all unsafe.
///
@Plugin(role = PreferenceSource.class, id = "refused", summary = "Made up, for tests")
public final class RefusedSource implements PreferenceSource {

    private static final int JUDGES = 4;

    @Override
    public PreferenceData read(SourceRequest request, PluginContext context) {
        var items = List.of("three-a", "three-b", "four-a", "four-b", "four-c", "four-d", "none");
        var offsets = new int[] {0, 3, 6, 10, 14, 18, 22, 26};
        var ids = new ArrayList<String>();
        var unsafe = new byte[26];
        for (int b = 0; b < items.size(); b++) {
            for (int m = offsets[b]; m < offsets[b + 1]; m++) {
                int k = m - offsets[b];
                ids.add(items.get(b) + "-" + k);
                unsafe[m] = (byte) (b == 6 || (b > 1 && k == 1) ? 1 : 0);
            }
        }
        var texts = ids.stream().map(id -> "text of " + id).toList();
        var candidates = Candidates.of(items, items, ids, texts, offsets)
                .withDeclaredUnsafe(unsafe)
                .withItemAttribute("half", List.of("x", "y", "x", "y", "x", "y", "x"));
        int n = JUDGES * items.size();
        var forms = new byte[n];
        var of = new int[n];
        var annotator = new int[n];
        var level = new int[n];
        var ends = new int[n + 1];
        var entries = new int[2 * n];
        var values = new double[2 * n];
        var weights = new double[n];
        for (int at = 0; at < n; at++) {
            forms[at] = JudgmentForm.PAIR.code();
            of[at] = at % items.size();
            annotator[at] = at / items.size();
            level[at] = annotator[at] % 2;
            ends[at + 1] = 2 * (at + 1);
            entries[2 * at + 1] = 1;
            values[2 * at] = 1;
            weights[at] = 1;
        }
        return PreferenceData.of(
                Judgments.of(
                        candidates,
                        new Judges(
                                List.of("judge-a", "judge-b", "judge-c", "judge-d"),
                                List.of(new GroupAttribute("side", List.of("left", "right")))),
                        JudgmentColumns.of(
                                Tensor.ofBytes(forms, n),
                                Tensor.ofInts(of, n),
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
