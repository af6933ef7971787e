/// What a request of a deployment costs.
@NullMarked
package org.polyphony.benchmarks.requests;

import org.jspecify.annotations.NullMarked;
