package org.polyphony.plugin.algorithm.selfplay;

import java.util.Optional;
import org.polyphony.games.selfplay.Egpo;
import org.polyphony.games.selfplay.Inpo;
import org.polyphony.games.selfplay.Mmd;
import org.polyphony.games.selfplay.NashMd;
import org.polyphony.games.selfplay.NashMp;
import org.polyphony.games.selfplay.ScheduledNashMd;
import org.polyphony.games.selfplay.SelfPlayRule;

/// What COMAL may run inside: a rule that pulls towards a reference policy.
public enum InnerRule {
    /// Mirror prox.
    NASH_MP {
        @Override
        SelfPlayRule rule(Optional<Double> step, double tau) {
            return new NashMp(step.orElse(3.0), tau);
        }
    },
    /// Extragradient.
    EGPO {
        @Override
        SelfPlayRule rule(Optional<Double> step, double tau) {
            return step.<SelfPlayRule>map(s -> new Egpo(s, tau)).orElseGet(() -> Egpo.ofTau(tau));
        }
    },
    /// Mirror descent with the pull taken at the next policy.
    MMD {
        @Override
        SelfPlayRule rule(Optional<Double> step, double tau) {
            return step.<SelfPlayRule>map(s -> new Mmd(s, tau)).orElseGet(() -> Mmd.ofTau(tau));
        }
    },
    /// Mirror descent with the pull taken at the policy itself: the paper's inner loop.
    INPO {
        @Override
        SelfPlayRule rule(Optional<Double> step, double tau) {
            return step.<SelfPlayRule>map(s -> new Inpo(s, tau)).orElseGet(() -> Inpo.ofTau(tau));
        }
    },
    /// Mirror descent against a mixture of policy and reference.
    NASH_MD {
        @Override
        SelfPlayRule rule(Optional<Double> step, double tau) {
            return step.<SelfPlayRule>map(s -> NashMd.of(s, tau)).orElseGet(() -> new ScheduledNashMd(tau));
        }
    };

    /// The rule at this step, or at its own where there is none.
    abstract SelfPlayRule rule(Optional<Double> step, double tau);
}
