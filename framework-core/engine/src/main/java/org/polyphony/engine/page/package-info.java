/// Pages from sections: what any evaluator says, as JSON and drawn by one renderer.
@NullMarked
package org.polyphony.engine.page;

import org.jspecify.annotations.NullMarked;
