/// A plugin that needs a package which nothing provides.
@NullMarked
package org.polyphony.engine.sample.needy;

import org.jspecify.annotations.NullMarked;
