/// The contracts of the test kit, tried on plugins that break them.
@NullMarked
package org.polyphony.engine.contract;

import org.jspecify.annotations.NullMarked;
