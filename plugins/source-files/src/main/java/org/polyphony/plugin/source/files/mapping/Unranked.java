package org.polyphony.plugin.source.files.mapping;

/// What a ballot says of the alternatives it does not rank.
public enum Unranked {
    /// They are below all ranked ones, and tied with each other.
    BELOW,
    /// Nothing.
    UNKNOWN
}
