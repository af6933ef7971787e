package org.polyphony.trust;

import org.jspecify.annotations.Nullable;

/// No universal constraint objects to this very text.
public final class Allow implements Decision {

    /// Known to this class only, and another object in every process.
    private static final Object SEAL = new Object();

    private final @Nullable Object seal;
    private final String text;

    private Allow(Object seal, String text) {
        this.seal = seal;
        this.text = text;
    }

    static Allow of(String text) {
        return new Allow(SEAL, text);
    }

    @Override
    public boolean allowed() {
        return seal == SEAL;
    }

    /// The text that was checked. Send this, not what was handed in: a `CharSequence` may have changed since.
    public String text() {
        if (!allowed()) {
            throw new IllegalStateException("this decision was not made by the universal constraints");
        }
        return text;
    }

    @Override
    public String toString() {
        return allowed() ? "Allow" : "Allow (forged)";
    }
}
