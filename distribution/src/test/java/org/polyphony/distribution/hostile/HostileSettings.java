package org.polyphony.distribution.hostile;

/// Nothing can be set.
public record HostileSettings() {}
