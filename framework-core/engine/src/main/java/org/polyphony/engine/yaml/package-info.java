/// Files as users write them: YAML with the place of every value, so that a problem is told where it stands.
@NullMarked
package org.polyphony.engine.yaml;

import org.jspecify.annotations.NullMarked;
