/// What joins the solvers of lib-games to the toolkit's loop: one game on plain arrays, and rules that read it.
@NullMarked
package org.polyphony.alignment;

import org.jspecify.annotations.NullMarked;
