/// Judgments drawn from known preferences, to measure how well they are recovered.
@NullMarked
package org.polyphony.plugin.source.generated;

import org.jspecify.annotations.NullMarked;
