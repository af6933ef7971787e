package org.polyphony.verify;

import java.util.List;
import java.util.Optional;

/// Every formulation that is proved. To add one, write its [Certifier] and name it here.
public final class Certifiers {

    public static final Certifier POPULATION = new Population();
    public static final Certifier STAKEHOLDER = new Stakeholder();
    public static final Certifier CONSENSUS = new Consensus();
    public static final Certifier BARGAINING = new Bargaining();
    public static final Certifier LEXIMIN = new Leximin();
    public static final Certifier MAXMIN = new MaxMin();
    public static final Certifier GROUP_ROBUST = new GroupRobust();

    private static final List<Certifier> ALL =
            List.of(POPULATION, STAKEHOLDER, CONSENSUS, BARGAINING, LEXIMIN, MAXMIN, GROUP_ROBUST);

    private Certifiers() {}

    /// All of them, in the order in which they are explained.
    public static List<Certifier> all() {
        return ALL;
    }

    /// The certifier of a formulation; empty where nothing can be proved.
    public static Optional<Certifier> of(String formulation) {
        return ALL.stream()
                .filter(certifier -> certifier.wording().formulation().equals(formulation))
                .findFirst();
    }

    /// Whether a formulation lets stakeholders play each other, so that it takes two of them.
    public static boolean needOpponents(String formulation) {
        return of(formulation)
                .filter(certifier -> certifier.evidence() == Evidence.PROFILE)
                .isPresent();
    }
}
