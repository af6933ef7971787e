/// Tests of the losses: vectors of public projects, gradients by differences, closed forms.
@NullMarked
package org.polyphony.games.loss;

import org.jspecify.annotations.NullMarked;
