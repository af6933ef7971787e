/// A library that plugins share.
@NullMarked
package org.polyphony.engine.sample.lending;

import org.jspecify.annotations.NullMarked;
