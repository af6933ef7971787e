/// Judgments from files: tables, records, PrefLib ballots and Polis vote matrices.
@NullMarked
package org.polyphony.plugin.source.files;

import org.jspecify.annotations.NullMarked;
