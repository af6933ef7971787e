package org.polyphony.plugin.source.files.mapping;

/// How the files hold judgments.
public enum Format {
    /// CSV, JSON lines or Parquet with one judgment, or one entry of a judgment, a row.
    TABLE,
    /// JSON lines with a prompt, completions and rankings by annotators each.
    CANONICAL,
    /// JSON lines or Parquet with prompt, chosen and rejected, as TRL has them.
    TRL,
    /// PrefLib ballots (`.soc`, `.soi`, `.toc`, `.toi`), one item a file.
    PREFLIB,
    /// Folders of exported Polis conversations, one item each.
    POLIS
}
