/// Settings from files as validated records, with every problem told at once: one binder for the engine and for tests
/// of plugins, so that what a contract accepts is what a study can say.
@NullMarked
package org.polyphony.support.settings;

import org.jspecify.annotations.NullMarked;
