package org.polyphony.trust;

/// What the universal constraints decided about one text.
///
/// Only this package makes an [Allow]. The zero value of either form means *refused*: an object made without its
/// constructor, by deserialisation or reflection, does not allow anything.
public sealed interface Decision permits Allow, Refuse {

    /// Whether the text may be used.
    boolean allowed();
}
