package org.polyphony.engine.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A study to run.
///
/// @param plan what to do
/// @param data the folder that data files are relative to, absolute
public record StudyRequest(StudyPlan plan, Path data) {

    /// The study of a file.
    ///
    /// @param file the study file
    /// @param data the folder that data files are relative to; null means the study file's own
    public static StudyRequest of(StudyPlan plan, Path file, @Nullable Path data) {
        var folder = file.toAbsolutePath().getParent();
        var root = data != null ? data : folder == null ? Path.of("") : folder;
        return new StudyRequest(plan, root.toAbsolutePath().normalize());
    }
}
