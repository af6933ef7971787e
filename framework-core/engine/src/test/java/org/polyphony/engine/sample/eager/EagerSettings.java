package org.polyphony.engine.sample.eager;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.polyphony.spi.plugin.Setting;

/// Settings of every kind, with code that would run when they are initialised.
public record EagerSettings(
        @Setting(description = "How strict", defaultValue = "very-strict")
        Mode mode,

        @Setting(description = "How long") Optional<Duration> patience,
        Limits limits,

        @Setting(description = "Names") Map<String, List<Mode>> names) {

    /// The property that tells whether any of it ran.
    public static final String RAN = "org.polyphony.engine.sample.eager";

    static {
        System.setProperty(RAN, "settings");
    }

    /// A choice.
    public enum Mode {
        LENIENT,
        VERY_STRICT;

        static {
            System.setProperty(RAN, "mode");
        }
    }

    /// A group.
    public record Limits(@Setting(description = "How many") int most) {

        static {
            System.setProperty(RAN, "limits");
        }
    }
}
