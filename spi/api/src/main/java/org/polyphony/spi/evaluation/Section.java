package org.polyphony.spi.evaluation;

import java.util.List;
import java.util.stream.Stream;

/// A part of a report: what it says first, and what shows it. Page, terminal and JSON draw any section of anybody.
///
/// All text is plain: no markup is interpreted. A report has sections in the order in which evaluators give them.
///
/// @param id stable, unique within a result: lower case letters, digits, dots and dashes
/// @param title a few words
/// @param headlines what it found, the most important first; a terminal prints these and nothing else of the section.
///     Empty if it only shows
/// @param blocks what shows it, in order
public record Section(String id, String title, List<Headline> headlines, List<Block> blocks) {

    public Section {
        headlines = List.copyOf(headlines);
        blocks = List.copyOf(blocks);
    }

    /// Every sentence: what is said first, then the notes.
    public Stream<Headline> sentences() {
        return Stream.concat(
                headlines.stream(),
                blocks.stream().flatMap(block -> block instanceof Block.Notes of ? of.notes().stream() : Stream.of()));
    }

    /// A section that says nothing first.
    public static Section of(String id, String title, List<Block> blocks) {
        return new Section(id, title, List.of(), blocks);
    }

    /// The same with this said first.
    public Section with(Headline... first) {
        return new Section(id, title, List.of(first), blocks);
    }
}
