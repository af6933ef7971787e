package org.polyphony.verify;

import java.util.List;

/// Certifiers called as tests read best.
final class Certify {

    private Certify() {}

    static Certificate population(PreferenceGame game, double... policy) {
        return Certifiers.POPULATION.certify(game, Claim.of(policy));
    }

    static Certificate population(PreferenceGame game, double[] policy, double tau) {
        return Certifiers.POPULATION.certify(game, Claim.of(policy).atTau(tau));
    }

    static Certificate stakeholder(PreferenceGame game, double[][] profile, double tau) {
        return Certifiers.STAKEHOLDER.certify(game, profile(profile, tau));
    }

    static Certificate stakeholder(PreferenceGame game, double[][] profile, double tau, double[][] opponents) {
        return Stakeholder.certify(game, profile(profile, tau), opponents);
    }

    static Certificate consensus(PreferenceGame game, double... policy) {
        return Certifiers.CONSENSUS.certify(game, Claim.of(policy));
    }

    static Certificate consensus(PreferenceGame game, double[] policy, double[][] duals) {
        return Certifiers.CONSENSUS.certify(game, claim(policy, 0, duals));
    }

    static Certificate bargaining(PreferenceGame game, double[] policy, double tau, double[] power, double[][] duals) {
        return Bargaining.certify(game, claim(policy, tau, duals), power);
    }

    static Certificate maxmin(PreferenceGame game, double[] policy, double tau, double[][] duals) {
        return Certifiers.MAXMIN.certify(game, claim(policy, tau, duals));
    }

    static Certificate leximin(PreferenceGame game, double[] policy, List<double[][]> levels) {
        return Certifiers.LEXIMIN.certify(game, Claim.of(policy).withDuals(levels));
    }

    static Certificate groupRobust(PreferenceGame game, double[] policy, double tau, double[][] duals) {
        return Certifiers.GROUP_ROBUST.certify(game, claim(policy, tau, duals));
    }

    /// The equilibrium of a certificate that has one.
    static Equilibrium equilibrium(Certificate certificate) {
        return certificate.equilibrium().orElseThrow();
    }

    private static Claim claim(double[] policy, double tau, double[][] duals) {
        return Claim.of(policy).atTau(tau).withDuals(List.<double[][]>of(duals));
    }

    private static Claim profile(double[][] profile, double tau) {
        return Claim.of().atTau(tau).withProfile(profile);
    }
}
