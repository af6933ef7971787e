/// SPI values as Arrow batches and back.
@NullMarked
package org.polyphony.engine.codec;

import org.jspecify.annotations.NullMarked;
