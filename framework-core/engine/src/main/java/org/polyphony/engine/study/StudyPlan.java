package org.polyphony.engine.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a study does, as written in its file.
///
/// @param name the study's name
/// @param description one paragraph for the report
/// @param source where judgments come from
/// @param seats who has a seat: the charter
/// @param profiler how preferences are estimated
/// @param norms contextual norms, in the order of the file; the order does not change what is allowed
/// @param context verified claims the norms look at
/// @param algorithm what solves the games
/// @param formulations which games are solved
/// @param evaluators what is measured
/// @param partition an item attribute; everything is measured for each of its values too
/// @param split which judgments profiles learn from
/// @param seed of all randomness
public record StudyPlan(
        String name,
        String description,
        PluginUse source,
        Seats seats,
        PluginUse profiler,
        List<PluginUse> norms,
        Map<String, String> context,
        PluginUse algorithm,
        List<String> formulations,
        List<PluginUse> evaluators,
        Optional<String> partition,
        Split split,
        long seed) {

    /// A plugin and its settings as written.
    ///
    /// @param plugin the plugin's id within its role
    /// @param settings the tree under `settings`
    /// @param path where it stands in the file, for messages: `profiler`, `norms[0]`
    public record PluginUse(String plugin, Map<String, Object> settings, String path) {}

    /// Who has a seat.
    ///
    /// @param attribute the attribute whose levels have seats
    /// @param levels the levels with a seat; empty means all levels found
    /// @param weights seat → weight > 0; empty means equal weights
    public record Seats(String attribute, List<String> levels, Map<String, Double> weights) {}

    /// Which judgments profiles learn from. Splits are by annotator, never by judgment.
    public enum Split {
        /// All of them; evaluators hold out annotators in turn and refit.
        ALL,
        /// Those of the annotators whose hash is even; the others are never learned from.
        HALF
    }
}
