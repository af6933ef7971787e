/// Everything a study of new items needs, as small as it can be.
@NullMarked
package org.polyphony.engine.sample.parametric;

import org.jspecify.annotations.NullMarked;
