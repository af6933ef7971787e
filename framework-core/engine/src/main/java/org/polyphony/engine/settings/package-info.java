/// Settings from files as validated records, with every problem told at once.
@NullMarked
package org.polyphony.engine.settings;

import org.jspecify.annotations.NullMarked;
