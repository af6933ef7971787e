/// Memory of tensors: one root, one account per owner, one scope per call, and batches that move between them.
@NullMarked
package org.polyphony.engine.tensor;

import org.jspecify.annotations.NullMarked;
