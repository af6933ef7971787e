package org.polyphony.spi.plugin;

/// The settings of a plugin that has none.
public record NoSettings() {}
