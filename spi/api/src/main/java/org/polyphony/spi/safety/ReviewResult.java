package org.polyphony.spi.safety;

import java.util.List;
import org.polyphony.spi.tensor.Tensor;

/// What a layer decided.
///
/// @param allowed UINT8, shape (M): 1 where the candidate may be shown
/// @param rule INT32, shape (M): index into `rules` of the rule that refused, -1 where allowed
/// @param rules the layer's rules, each id once
public record ReviewResult(Tensor allowed, Tensor rule, List<NormRule> rules) {

    public ReviewResult {
        rules = List.copyOf(rules);
        if (allowed.size() != rule.size()) {
            throw new IllegalArgumentException("allowed and rule must fit together, got " + allowed + " and " + rule);
        }
    }

    /// A decision for each candidate.
    public static ReviewResult of(Tensor allowed, Tensor rule, List<NormRule> rules) {
        return new ReviewResult(allowed, rule, rules);
    }
}
