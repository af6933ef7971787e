/// A plugin constructed through a Guice module.
@NullMarked
package org.polyphony.engine.sample.injected;

import org.jspecify.annotations.NullMarked;
