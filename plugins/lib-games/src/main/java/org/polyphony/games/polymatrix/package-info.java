/// The stakeholder game without regularisation, solved exactly.
@NullMarked
package org.polyphony.games.polymatrix;

import org.jspecify.annotations.NullMarked;
