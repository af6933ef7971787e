/// What every algorithm on enumerated games needs around its solver: one game on plain arrays, one answer, and the
/// loop that solves the games of a request one by one.
@NullMarked
package org.polyphony.alignment;

import org.jspecify.annotations.NullMarked;
