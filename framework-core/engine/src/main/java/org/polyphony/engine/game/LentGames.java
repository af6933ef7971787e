package org.polyphony.engine.game;

import org.polyphony.engine.certify.SealedGames;
import org.polyphony.spi.alignment.PreferenceGames;
import org.polyphony.spi.profile.PreferenceEstimate;

/// The games of a study with the estimate whose memory they share, as they are lent to plugins.
///
/// @param estimate the preferences
/// @param sealed the games made of them
public record LentGames(PreferenceEstimate estimate, SealedGames sealed) {

    /// The games.
    public PreferenceGames games() {
        return sealed.games();
    }

    /// Whether nothing was rewritten.
    public boolean hold() {
        return sealed.hold();
    }

    /// Whether both are equal bit for bit.
    public boolean equalTo(LentGames other) {
        return sealed.equalTo(other.sealed);
    }
}
