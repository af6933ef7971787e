package org.polyphony.spi.preference;

/// What a source is asked to read, beside its settings.
///
/// @param root the folder that relative paths in the settings start from, as an absolute path
public record SourceRequest(String root) {}
