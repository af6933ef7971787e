package org.polyphony.engine.study;

import java.util.ArrayList;
import java.util.List;
import org.polyphony.spi.preference.Judgments;
import org.polyphony.spi.preference.PreferenceData;
import org.polyphony.spi.tensor.Tensor;

/// The one seat that everyone shares where a study names no seats: the level `everyone` of an attribute of that
/// name, which every judgment has.
final class EveryoneSeat {

    static final String NAME = "everyone";

    private EveryoneSeat() {}

    /// The data with that attribute, if seats are given by it and the source did not read one of the name.
    static PreferenceData seated(PreferenceData data, StudyPlan.Seats seats) {
        var judgments = data.judgments();
        if (!seats.attribute().equals(NAME) || judgments.attribute(NAME) >= 0) {
            return data;
        }
        int n = judgments.count();
        int known = judgments.attributes().size();
        var levels = new int[n * (known + 1)];
        for (int j = 0; j < n; j++) {
            for (int g = 0; g < known; g++) {
                levels[j * (known + 1) + g] = judgments.level(j, g);
            }
        }
        var attributes = new ArrayList<>(judgments.attributes());
        attributes.add(new Judgments.GroupAttribute(NAME, List.of(NAME)));
        var seated = new Judgments(
                judgments.candidates(),
                judgments.annotators(),
                attributes,
                judgments.forms(),
                judgments.items(),
                judgments.annotator(),
                Tensor.ofInts(levels, n, known + 1),
                judgments.offsets(),
                judgments.entries(),
                judgments.values(),
                judgments.weights(),
                judgments.times());
        return new PreferenceData(seated, data.truth(), data.inputs());
    }
}
