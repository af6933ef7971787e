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
        return Optional.of(issue(these.getFirst(), these.size(), plugin, name, location));
    }

    /// The same where they were counted already.
    ///
    /// @param first the one that is named
    /// @param count how many there are for its reason, itself included
    public static Issue issue(
            HeldBack first, long count, String plugin, Function<HeldBack, String> name, String location) {
        var others = count == 1 ? "" : " (and " + (count - 1) + " more)";
        boolean broken = first.code().equals(BROKEN);
        return Issue.warning(
                first.code(),
                plugin + (broken ? " broke its contract: " : " is not believed: ") + name.apply(first) + ": "
                        + first.why() + others + "; nothing of it is published there"
                        + (broken ? ", its author must fix it" : ""),
                location);
    }
}
