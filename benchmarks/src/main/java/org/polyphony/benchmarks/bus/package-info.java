/// What it costs that stages meet over the event bus.
@NullMarked
package org.polyphony.benchmarks.bus;

import org.jspecify.annotations.NullMarked;
