package org.polyphony.engine.study;

import java.nio.file.Path;

/// A study to run.
///
/// @param plan what to do
/// @param data the folder that data files are relative to, absolute
public record StudyRequest(StudyPlan plan, Path data) {}
