package org.polyphony.preferences.model;

/// A fitted model: how likely a group prefers one candidate of an item to another. Safe to share between
/// threads.
@FunctionalInterface
public interface PreferenceModel {
    /// Probability in [0, 1] that a member of the group prefers `first` to `second`; the two orders add up to
    /// 1.
    ///
    /// @param group group index, or [org.polyphony.preferences.Pairs#NO_GROUP] for the population
    double probability(int item, int group, int first, int second);
}
