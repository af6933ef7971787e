/// What `run-peers` measures on our side: programs that print one tab-separated line per number, as the peers' scripts
/// in `benchmarks/peers` do.
@NullMarked
package org.polyphony.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
