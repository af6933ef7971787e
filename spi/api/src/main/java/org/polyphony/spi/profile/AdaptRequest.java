package org.polyphony.spi.profile;

/// A person to learn from what they judged after the fit.
///
/// @param person the id by which they are asked for, as [Whose.Person#id]
/// @param before as whom they were taken before they judged: seats, claims, or themselves as known from the fit or
///     from what was adapted before
/// @param data what they judged since; judgments of nobody else. Candidates outside the fit only of a profiler that
///     generalises
public record AdaptRequest(String person, Whose before, JudgedData data) {}
