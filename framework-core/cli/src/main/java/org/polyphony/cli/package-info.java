/// The `polyphony` command: picocli commands over the engine. Results go to standard output, everything else to
/// standard error.
@NullMarked
package org.polyphony.cli;

import org.jspecify.annotations.NullMarked;
