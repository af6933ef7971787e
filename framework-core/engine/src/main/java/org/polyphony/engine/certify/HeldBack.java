package org.polyphony.engine.certify;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.polyphony.spi.error.Issue;
import org.polyphony.spi.error.StandardErrorCode;

/// A policy that is not published, and why.
///
/// @param game counted through all buckets
/// @param code [#BROKEN] or [#REJECTED]
/// @param why what was answered and what is wrong with it
public record HeldBack(int game, String code, String why) {

    /// What the plugin answered is no policy of the game: it broke its contract.
    public static final String BROKEN = StandardErrorCode.PLUGIN_FAILED.name();

    /// What the plugin answered is not what it claimed.
    public static final String REJECTED = "RESULT_REJECTED";

    /// One warning about all that was held back of a policy for one reason: the first is named, the others
    /// are counted.
    ///
    /// @param code [#BROKEN] or [#REJECTED]
    /// @param plugin who answered, for example `algorithm 'mine'`
    /// @param name what the user calls a game
    /// @param location where the plugin is named in the user's file
    /// @return empty if nothing was held back for this reason
    public static Optional<Issue> issue(
            List<HeldBack> all, String code, String plugin, Function<HeldBack, String> name, String location) {
        var these = all.stream().filter(one -> one.code().equals(code)).toList();
        if (these.isEmpty()) {
            return Optional.empty();
        }
        var first = these.getFirst();
        var others = these.size() == 1 ? "" : " (and " + (these.size() - 1) + " more)";
        return Optional.of(Issue.warning(
                code,
                plugin + (code.equals(BROKEN) ? " broke its contract: " : " is not believed: ") + name.apply(first)
                        + ": " + first.why() + others + "; nothing of it is published there"
                        + (code.equals(BROKEN) ? ", its author must fix it" : ""),
                location));
    }
}
