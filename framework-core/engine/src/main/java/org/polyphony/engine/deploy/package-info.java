/// What stays for the life of the process, and which of its slots belong together.
@NullMarked
package org.polyphony.engine.deploy;

import org.jspecify.annotations.NullMarked;
