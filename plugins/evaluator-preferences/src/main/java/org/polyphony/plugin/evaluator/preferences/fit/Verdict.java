package org.polyphony.plugin.evaluator.preferences.fit;

/// What may be said about whether groups differ.
///
/// The gain of groups over the population on held-out judges must have an interval above zero *and* lie
/// above the 97.5 % quantile of placebo groups; otherwise the groups do not differ measurably. A measurable
/// gain is negligible where it is smaller than the setting `negligible-nats`, or the interval of the
/// accuracy gained contains zero: nobody is then named a winner or a loser.
public enum Verdict {
    /// Fewer judges with a group than `least-judges`, or no decided judgment of theirs.
    TOO_FEW_JUDGES("groups.too-few-judges"),
    /// The gain's interval contains zero, or placebo groups gain as much.
    NO_MEASURABLE_DIFFERENCE("groups.no-measurable-difference"),
    /// Detectable, and too small to matter.
    NEGLIGIBLE("groups.differ-negligibly"),
    /// Detectable, and it changes what is predicted.
    DIFFERENT("groups.differ");

    private final String code;

    Verdict(String code) {
        this.code = code;
    }

    /// The code of the finding.
    public String code() {
        return code;
    }

    /// Whether groups may be named winners and losers.
    public boolean namesGroups() {
        return this == DIFFERENT;
    }

    /// Whether groups were told apart at all.
    public boolean measurable() {
        return this == DIFFERENT || this == NEGLIGIBLE;
    }

    /// The rule.
    ///
    /// @param judges judges with a group who gave a decided judgment
    /// @param gain gain of the groups as they are
    /// @param cellGain the same gain when each judge has one group an item, as placebo groups have
    /// @param placeboHigh 97.5 % quantile of the placebo's gain
    static Verdict of(
            int judges, int leastJudges, Gain gain, double cellGain, double placeboHigh, double negligibleNats) {
        if (judges < leastJudges || !Double.isFinite(gain.nats().value())) {
            return TOO_FEW_JUDGES;
        }
        if (!(gain.nats().low() > 0) || !(cellGain > placeboHigh)) {
            return NO_MEASURABLE_DIFFERENCE;
        }
        return gain.nats().value() < negligibleNats || !(gain.accuracy().low() > 0) ? NEGLIGIBLE : DIFFERENT;
    }
}
