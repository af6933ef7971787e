package org.polyphony.engine.export;

import java.util.SequencedMap;
import org.polyphony.spi.preference.Conversation;

/// Two allowed candidates of one item: the one that the weighted mixture of the stakeholders prefers, and
/// the other.
///
/// @param item the item's id
/// @param prompt what the item asks; without messages where unknown
/// @param chosen the preferred candidate; of a tie the one that comes first
/// @param rejected the other
/// @param evidence how much the chosen one is preferred, and by whom
/// @param weight of the pair in a loss, ≥ 0; see [PairWeights]
/// @param step multiplies the preference, > 0
public record PreferencePair(
        String item, Conversation prompt, Side chosen, Side rejected, Evidence evidence, double weight, double step) {

    /// How much a pair's chosen candidate is preferred.
    ///
    /// @param winProbability that the mixture prefers chosen to rejected, in [0.5, 1]
    /// @param judgments weight of the judgments that compare the two
    /// @param stakeholders stakeholder → probability that it prefers chosen to rejected, in the charter's order
    public record Evidence(double winProbability, double judgments, SequencedMap<String, Double> stakeholders) {}

    /// step · (winProbability − 1/2): what the soft-label tensor loss wants the pair's log-ratios to differ by.
    public double margin() {
        return step * (evidence.winProbability() - 0.5);
    }

    /// One candidate of a pair.
    ///
    /// @param id the candidate's id
    /// @param answer what it says
    /// @param attributes what is known of it, for example the model that wrote it: name → value
    /// @param logReference log-probability under the reference policy, over the item's allowed candidates
    /// @param logPolicy log-probability under the certified policy; −∞ where it has no mass
    public record Side(
            String id,
            Conversation answer,
            SequencedMap<String, String> attributes,
            double logReference,
            double logPolicy) {}
}
