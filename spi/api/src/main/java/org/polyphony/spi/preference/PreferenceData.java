package org.polyphony.spi.preference;

import java.util.List;
import java.util.Optional;

/// What a source read: judgments and, where the data are generated, the truth behind them.
///
/// @param judgments who said what about which candidates
/// @param truth the preferences the judgments were drawn from; only generated data have it
/// @param inputs the files read, for digests in the report
public record PreferenceData(Judgments judgments, Optional<GroundTruth> truth, List<InputFile> inputs) {

    public PreferenceData {
        inputs = List.copyOf(inputs);
    }

    /// Judgments read from these files.
    public static PreferenceData of(Judgments judgments, List<InputFile> inputs) {
        return new PreferenceData(judgments, Optional.empty(), inputs);
    }

    /// The same with the truth behind the judgments.
    public PreferenceData withTruth(GroundTruth known) {
        return new PreferenceData(judgments, Optional.of(known), inputs);
    }

    /// A file that was read.
    ///
    /// @param name relative to the data folder, with `/`
    /// @param sha256 of the file's bytes, lower-case hexadecimal
    /// @param bytes the file's size
    public record InputFile(String name, String sha256, long bytes) {}
}
