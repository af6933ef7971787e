/// Mirror descent on many preference games at once: one definition in plain double precision, one implementation in
/// float32 on the Vector API, and the choice between them.
@NullMarked
package org.polyphony.games.kernel;

import org.jspecify.annotations.NullMarked;
