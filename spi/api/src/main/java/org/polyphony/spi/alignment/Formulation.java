package org.polyphony.spi.alignment;

/// Names of the formulations that Polyphony certifies. The first three are about what is left to gain by
/// deviating; the others are cooperative: one policy chosen for all stakeholders, without deviations.
public final class Formulation {

    /// One policy, the equilibrium of the weighted mixture's game: the maximal lottery. Wins at least half
    /// of the weighted population against any alternative.
    public static final String POPULATION = "population";

    /// One policy per stakeholder; none gains by changing its own alone. What is deployed is the weighted
    /// mixture.
    public static final String STAKEHOLDER = "stakeholder";

    /// One policy for which the largest gain any single stakeholder could make by deviating is smallest.
    public static final String CONSENSUS = "consensus";

    /// One policy that makes every stakeholder better off than the reference and divides the gain as Nash's
    /// bargaining solution does; the reference itself where nothing makes everybody better off. The
    /// solution's tau is that of the adversary against whom a policy is valued.
    public static final String BARGAINING = "bargaining";

    /// As [#CONSENSUS], and then the second largest gain is smallest, and so on. Its duals have one level
    /// more, see [SolutionBucket].
    public static final String LEXIMIN = "leximin";

    /// One policy whose worst-off stakeholder prefers it to the reference as often as possible.
    public static final String MAXMIN = "maxmin";

    /// One policy whose largest preference-optimisation loss over the stakeholders is smallest.
    public static final String GROUP_ROBUST = "group-robust";

    private Formulation() {}
}
