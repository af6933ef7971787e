package org.polyphony.engine.sample.asked;

import java.util.List;
import org.polyphony.spi.context.PluginContext;
import org.polyphony.spi.plugin.Plugin;
import org.polyphony.spi.safety.NormRule;
import org.polyphony.spi.safety.ReviewRequest;
import org.polyphony.spi.safety.ReviewResult;
import org.polyphony.spi.safety.SafetyLayer;
import org.polyphony.spi.tensor.Tensor;

/// Objects to about a third of what is asked, as claims and texts will have it; fails where somebody
/// claims so.
@Plugin(
        role = SafetyLayer.class,
        id = "by-claims",
        claims = Plugin.ALL,
        summary = "Objects by claims and texts, for tests")
public final class ClaimsLayer implements SafetyLayer {

    @Override
    public ReviewResult review(ReviewRequest request, PluginContext context) {
        var claims = request.situation().claims();
        if ("fails".equals(claims.get("layer"))) {
            throw new IllegalStateException("as was claimed");
        }
        int m = request.candidates().ids().size();
        var allowed = new byte[m];
        var rule = new int[m];
        for (int i = 0; i < m; i++) {
            boolean objects = "all".equals(claims.get("layer"))
                    || (claims + request.candidates().texts().get(i)).hashCode() % 3 == 0;
            allowed[i] = (byte) (objects ? 0 : 1);
            rule[i] = objects ? 0 : -1;
        }
        return ReviewResult.of(
                Tensor.ofBytes(allowed, m),
                Tensor.ofInts(rule, m),
                List.of(NormRule.of("thirds", "a third is not for you", "the house")));
    }
}
