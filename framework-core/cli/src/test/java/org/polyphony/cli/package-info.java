@NullMarked
package org.polyphony.cli;

import org.jspecify.annotations.NullMarked;
