/// Tests of settings.
@NullMarked
package org.polyphony.engine.settings;

import org.jspecify.annotations.NullMarked;
