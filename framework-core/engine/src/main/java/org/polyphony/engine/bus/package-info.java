/// How stages meet: the client and the endpoint of a stage call, and the bus between them.
@NullMarked
package org.polyphony.engine.bus;

import org.jspecify.annotations.NullMarked;
