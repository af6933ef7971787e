package org.polyphony.spi.alignment;

/// Names of the formulations that Polyphony certifies. ALGORITHMS calls them F1, F2 and F5.
public final class Formulation {

    /// One policy, the equilibrium of the weighted mixture's game: the maximal lottery. Wins at least half
    /// of the weighted population against any alternative.
    public static final String POPULATION = "population";

    /// One policy per stakeholder; none gains by changing its own alone. What is deployed is the weighted
    /// mixture.
    public static final String STAKEHOLDER = "stakeholder";

    /// One policy for which the largest gain any single stakeholder could make by deviating is smallest.
    public static final String CONSENSUS = "consensus";

    private Formulation() {}
}
