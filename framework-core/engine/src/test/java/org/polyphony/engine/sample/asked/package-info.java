/// A profiler of seats and a norm by claims, for requests.
@NullMarked
package org.polyphony.engine.sample.asked;

import org.jspecify.annotations.NullMarked;
