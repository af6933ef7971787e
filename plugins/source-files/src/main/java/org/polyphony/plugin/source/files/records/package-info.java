/// Records with a prompt and what was said about its completions: the canonical record and TRL pairs.
@NullMarked
package org.polyphony.plugin.source.files.records;

import org.jspecify.annotations.NullMarked;
