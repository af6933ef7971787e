/// The engine: what the command line and, later, a gateway are built on. [org.polyphony.engine.Polyphony] is
/// its door.
@NullMarked
package org.polyphony.engine;

import org.jspecify.annotations.NullMarked;
