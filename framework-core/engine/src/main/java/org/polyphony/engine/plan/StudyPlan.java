package org.polyphony.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a study does, as written in its file; in parts, each of which a step of the run takes.
///
/// @param identity what the study is called
/// @param data what is read
/// @param people whose preferences count, and how they are learned
/// @param solving which games are solved by what
/// @param measuring what is measured
public record StudyPlan(Identity identity, Data data, People people, Solving solving, Measuring measuring) {

    /// The same with other games, or other solvers of them.
    public StudyPlan with(Solving others) {
        return new StudyPlan(identity, data, people, others, measuring);
    }

    /// The same where no item is left out.
    public StudyPlan withoutUnseen() {
        return with(new Solving(solving.norms(), solving.context(), solving.algorithms(), Optional.empty()));
    }

    /// Whether policies are made; a study that names no algorithm measures and no more.
    public boolean solves() {
        return !solving.algorithms().isEmpty();
    }

    /// What the study is called.
    ///
    /// @param name the study's name
    /// @param description one paragraph for the report
    /// @param seed of all randomness
    public record Identity(String name, String description, long seed) {}

    /// What is read, before anything is fitted.
    ///
    /// @param source where judgments come from
    /// @param encoders what turns the candidates' texts into features, side by side in the order of the file
    public record Data(PluginUse source, List<EncoderUse> encoders) {}

    /// Whose preferences count, and how they are learned.
    ///
    /// @param seats who has a seat: the charter
    /// @param profiler how preferences are estimated; without one they are not, and nothing can be solved
    /// @param split which judgments profiles learn from
    public record People(Seats seats, Optional<PluginUse> profiler, Split split) {}

    /// Which games are solved by what.
    ///
    /// @param norms contextual norms, in the order of the file; the order does not change what is allowed
    /// @param context verified claims the norms look at
    /// @param algorithms what solves the games, in the order of the file; without any the study only measures
    /// @param unseen what is left out in turn, so that policies answer items they have not seen
    public record Solving(
            List<PluginUse> norms,
            Map<String, String> context,
            List<AlgorithmUse> algorithms,
            Optional<Unseen> unseen) {

        /// The same with these algorithms.
        public Solving with(List<AlgorithmUse> others) {
            return new Solving(norms, context, others, unseen);
        }

        /// Every policy the study makes, in the order of the file.
        ///
        /// Its label is the formulation; where an algorithm further up already plays that, the algorithm's name
        /// follows in parentheses.
        public List<PolicyUse> policies() {
            var policies = new ArrayList<PolicyUse>();
            var played = new HashSet<String>();
            for (var algorithm : algorithms) {
                for (var formulation : algorithm.formulations()) {
                    var label = played.add(formulation) ? formulation : formulation + " (" + algorithm.name() + ")";
                    policies.add(new PolicyUse(algorithm, formulation, label));
                }
            }
            return policies;
        }
    }

    /// What is measured.
    ///
    /// @param evaluators in the order of the file
    /// @param partition an item attribute; everything is measured for each of its values too
    public record Measuring(List<PluginUse> evaluators, Optional<String> partition) {}

    /// A plugin and its settings as written.
    ///
    /// @param plugin the plugin's id within its role
    /// @param settings the tree under `settings`
    /// @param path where it stands in the file, for messages: `profiler`, `norms[0]`
    public record PluginUse(String plugin, Map<String, Object> settings, String path) {}

    /// An encoder and what it is given.
    ///
    /// @param use the plugin
    /// @param text what is encoded of a candidate
    public record EncoderUse(PluginUse use, Text text) {}

    /// What is encoded of a candidate.
    public enum Text {
        /// Its own text.
        CANDIDATE,
        /// The item's prompt, a blank line, its own text.
        PROMPT_AND_CANDIDATE
    }

    /// An algorithm and the games it is given.
    ///
    /// @param use the plugin
    /// @param name what it is called where the formulation does not say enough; the plugin's id unless the
    ///     file says otherwise
    /// @param formulations which games it solves
    /// @param scorer what opens the policies that it fits; where the file names none, the one that is installed for
    ///     their type
    public record AlgorithmUse(PluginUse use, String name, List<String> formulations, Optional<PluginUse> scorer) {

        /// An algorithm whose policies answer nothing but the games they were made from.
        public AlgorithmUse(PluginUse use, String name, List<String> formulations) {
            this(use, name, formulations, Optional.empty());
        }

        /// The same with what opens its policies.
        public AlgorithmUse withScorer(PluginUse opens) {
            return new AlgorithmUse(use, name, formulations, Optional.of(opens));
        }

        /// Where its scorer stands in the plan.
        public String scorerPath() {
            return use.path() + ".scorer";
        }
    }

    /// A policy to be made.
    ///
    /// @param algorithm what makes it
    /// @param formulation of which game
    /// @param label its name in the study; no two policies share one
    public record PolicyUse(AlgorithmUse algorithm, String formulation, String label) {}

    /// Items left out in turn.
    ///
    /// @param leaveOut an item attribute; the items of each of its values are left out together
    /// @param by what answers them
    /// @param policies labels of the policies to make that way; empty means all that can answer new items
    public record Unseen(String leaveOut, By by, List<String> policies) {

        /// What answers items that were left out.
        public enum By {
            /// Policies fitted to the games of the other items, opened by scorers.
            POLICIES,
            /// Profiles fitted to the judgments about the other items predict preferences, and the algorithms solve the
            /// games made of these.
            PROFILES
        }

        /// Whether the policy of this label was asked for by name.
        public boolean names(PolicyUse policy) {
            return policies.contains(policy.label());
        }

        /// Whether this policy is wanted.
        public boolean wants(PolicyUse policy) {
            return policies.isEmpty() || names(policy);
        }
    }

    /// Who has a seat.
    ///
    /// @param attributes the attributes whose levels have seats, crossed if there are several; empty means
    ///     that everyone shares one
    /// @param levels the levels of the one attribute that have a seat; empty means all levels found
    /// @param weights seat → weight > 0; empty means equal weights
    /// @param leastPeople a cell of crossed attributes with fewer people shares the seat of its first level
    ///
    public record Seats(List<String> attributes, List<String> levels, Map<String, Double> weights, int leastPeople) {

        /// The seat that everyone shares.
        public static final String EVERYONE = "everyone";

        /// One seat that everyone shares.
        public static Seats everyone() {
            return new Seats(List.of(), List.of(), Map.of(), 0);
        }

        /// What seats are given by, in words.
        public String name() {
            return attributes.isEmpty() ? EVERYONE : String.join(" × ", attributes);
        }
    }

    /// Which judgments profiles learn from. Splits are by annotator, never by judgment.
    public enum Split {
        /// All of them; evaluators hold out annotators in turn and refit.
        ALL,
        /// Those of the annotators whose hash is even; the others are never learned from.
        HALF
    }
}
