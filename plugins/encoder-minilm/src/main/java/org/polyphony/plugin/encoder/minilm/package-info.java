/// Sentence vectors of all-MiniLM-L6-v2, computed in this process by ONNX Runtime.
@NullMarked
package org.polyphony.plugin.encoder.minilm;

import org.jspecify.annotations.NullMarked;
