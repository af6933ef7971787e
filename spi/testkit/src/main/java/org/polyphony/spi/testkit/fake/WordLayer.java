package org.polyphony.spi.testkit.fake;

import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;

/// Refuses candidates that contain a word, unless the verified role is `pharmacist`.
@Plugin(role = SafetyLayer.class, id = "word", claims = "role", summary = "Refuses one word to all but pharmacists.")
public final class WordLayer implements SafetyLayer {

    private final String word;

    /// A layer that refuses `word`.
    public WordLayer(String word) {
        this.word = word;
    }

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        var texts = request.candidates().texts();
        var allowed = context.allocator().bytes(texts.size());
        var rule = context.allocator().ints(texts.size());
        boolean exempt = "pharmacist".equals(request.situation().claims().get("role"));
        for (int m = 0; m < texts.size(); m++) {
            boolean may = exempt || !texts.get(m).contains(word);
            allowed.setByte(m, (byte) (may ? 1 : 0));
            rule.setInt(m, may ? -1 : 0);
        }
        return ReviewResult.of(
                allowed, rule, List.of(NormRule.of("word." + word, "no text may say " + word, "the test kit")));
    }
}
