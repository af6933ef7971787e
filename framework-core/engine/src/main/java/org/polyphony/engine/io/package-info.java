/// Files of tensors and tables, and the guard that untrusted Arrow data must pass.
@NullMarked
package org.polyphony.engine.io;

import org.jspecify.annotations.NullMarked;
