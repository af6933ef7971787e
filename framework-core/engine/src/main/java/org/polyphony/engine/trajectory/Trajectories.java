package org.polyphony.engine.trajectory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.game.ExplicitGame;
import org.polyphony.spi.error.Issue;

/// How the algorithms of a plan moved on games.
///
/// @param plan what was run
/// @param games one per game of the file
/// @param plugins run's label → the plugin that ran and its settings in effect
/// @param issues what was held back
public record Trajectories(TrajectoryPlan plan, List<Game> games, Map<String, Ran> plugins, List<Issue> issues) {

    /// One game and the paths on it.
    ///
    /// @param game the game
    /// @param paths one per run, in the plan's order; empty where no candidate may be played or
    ///     nothing that was answered may be shown
    public record Game(ExplicitGame game, List<List<TrajectoryPoint>> paths) {

        /// The certified policy with the smallest gap that any run found, if it is an equilibrium.
        public Optional<TrajectoryPoint> equilibrium() {
            return paths.stream()
                    .flatMap(List::stream)
                    .filter(point -> ConvergenceVerdict.of(List.of(point)) == ConvergenceVerdict.REACHES)
                    .min(java.util.Comparator.comparingDouble(TrajectoryPoint::gap));
        }
    }

    /// A plugin that ran.
    ///
    /// @param version of the bundle
    /// @param sha256 of the bundle's bytes
    /// @param settings every setting in effect but the budget
    public record Ran(String version, String sha256, Map<String, Object> settings) {}
}
