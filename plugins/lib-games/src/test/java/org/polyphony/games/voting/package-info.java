/// Tests of the voting rules: outputs of public projects, declared axioms, electorates against the others.
@NullMarked
package org.polyphony.games.voting;

import org.jspecify.annotations.NullMarked;
