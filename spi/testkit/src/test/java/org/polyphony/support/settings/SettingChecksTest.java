package org.polyphony.support.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SettingChecksTest {

    private static void refuses(ThrowingCallable check, String message) {
        assertThatIllegalArgumentException().isThrownBy(check).withMessage(message);
    }

    @Test
    void checks_bounds_areAccepted() {
        assertThatCode(() -> {
                    SettingChecks.positive("tau", Double.MIN_VALUE);
                    SettingChecks.notNegative("draws", 0);
                    SettingChecks.notNegative("l2", 0.0);
                    SettingChecks.atLeast(2, "folds", 2);
                    SettingChecks.share("share", 0);
                    SettingChecks.share("share", 1);
                    SettingChecks.within("items", 1, 1, 1);
                    SettingChecks.within("deviation", 10.0, 0.0, 10.0);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void checks_beyond_nameTheSettingTheBoundAndTheValue() {
        refuses(() -> SettingChecks.positive("tau", 0), "tau must be positive, got 0.0");
        refuses(() -> SettingChecks.positive("tau", Double.POSITIVE_INFINITY), "tau must be positive, got Infinity");
        refuses(() -> SettingChecks.notNegative("draws", -1), "draws must not be negative, got -1");
        refuses(() -> SettingChecks.notNegative("l2", -1.0), "l2 must not be negative, got -1.0");
        refuses(() -> SettingChecks.notNegative("l2", Double.NaN), "l2 must not be negative, got NaN");
        refuses(
                () -> SettingChecks.notNegative("l2", Double.POSITIVE_INFINITY),
                "l2 must not be negative, got Infinity");
        refuses(() -> SettingChecks.atLeast(2, "folds", 1), "folds must be at least 2, got 1");
        refuses(() -> SettingChecks.share("share", Double.NaN), "share must be between 0 and 1, got NaN");
        refuses(() -> SettingChecks.within("items", 101, 1, 100), "items must be 1 to 100, got 101");
        refuses(
                () -> SettingChecks.within("deviation", Double.NaN, 0.0, 10.0),
                "deviation must be 0.0 to 10.0, got NaN");
    }
}
