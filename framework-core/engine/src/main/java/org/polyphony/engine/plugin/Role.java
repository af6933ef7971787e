package org.polyphony.engine.plugin;

import java.util.Arrays;
import java.util.Optional;
import org.polyphony.spi.alignment.AlignmentAlgorithm;
import org.polyphony.spi.alignment.PolicyScorer;
import org.polyphony.spi.evaluation.Evaluator;
import org.polyphony.spi.model.LanguageModel;
import org.polyphony.spi.model.TextEncoder;
import org.polyphony.spi.preference.PreferenceSource;
import org.polyphony.spi.profile.ValueProfiler;
import org.polyphony.spi.safety.SafetyLayer;

/// What a plugin can be: a role interface, and its name in files, on the command line and in addresses.
public enum Role {
    /// Reads judgments.
    SOURCE("source", PreferenceSource.class),
    /// Learns value profiles.
    PROFILER("profiler", ValueProfiler.class),
    /// Solves preference games.
    ALGORITHM("algorithm", AlignmentAlgorithm.class),
    /// Opens policies.
    SCORER("scorer", PolicyScorer.class),
    /// Narrows what may be shown in a context.
    SAFETY("safety", SafetyLayer.class),
    /// Measures.
    EVALUATOR("evaluator", Evaluator.class),
    /// Generates and scores texts.
    MODEL("model", LanguageModel.class),
    /// Encodes texts as features.
    ENCODER("encoder", TextEncoder.class);

    private final String label;
    private final Class<?> type;

    Role(String label, Class<?> type) {
        this.label = label;
        this.type = type;
    }

    /// The name in files and addresses, for example `algorithm`.
    public String label() {
        return label;
    }

    /// The interface that plugins of the role implement.
    public Class<?> type() {
        return type;
    }

    /// The role of this name.
    public static Optional<Role> ofLabel(String label) {
        return Arrays.stream(values()).filter(role -> role.label.equals(label)).findFirst();
    }

    /// The role whose interface has this class name.
    public static Optional<Role> ofType(String className) {
        return Arrays.stream(values())
                .filter(role -> role.type.getName().equals(className))
                .findFirst();
    }

    @Override
    public String toString() {
        return label;
    }
}
