/// A plugin that needs a library.
@NullMarked
package org.polyphony.engine.sample.borrowing;

import org.jspecify.annotations.NullMarked;
