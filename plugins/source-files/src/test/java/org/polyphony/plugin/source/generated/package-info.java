/// Tests of generated judgments.
@NullMarked
package org.polyphony.plugin.source.generated;

import org.jspecify.annotations.NullMarked;
