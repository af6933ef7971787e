/// Plugins that break their contract, one class a role: each is a sound plugin of the test kit with one [Flaw].
@NullMarked
package org.polyphony.engine.sample.flawed;

import org.jspecify.annotations.NullMarked;
