/// A study's certified policies as preference pairs that trainers of language models read.
@NullMarked
package org.polyphony.engine.export;

import org.jspecify.annotations.NullMarked;
