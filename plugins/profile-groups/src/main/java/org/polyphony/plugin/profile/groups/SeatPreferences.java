package org.polyphony.plugin.profile.groups;

import java.util.Map;
import java.util.Optional;

/// What a fit found: for every item and seat, three matrices over the item's candidates.
///
/// @param p probabilities `[item][seat]`, each row-major (K, K), P + Pᵀ = 1
/// @param deviation standard deviation of the logit of P, like `p`; 0 where P is exact, NaN where nothing
///     is known
/// @param counts weight of the seat's own comparisons, like `p`
/// @param scores `[item][seat]` [K], whose differences are the logits of P; empty where the model has none
/// @param notes what was chosen and why, for people and for the artefact
record SeatPreferences(
        double[][][] p,
        double[][][] deviation,
        double[][][] counts,
        Optional<double[][][]> scores,
        Map<String, String> notes) {}
