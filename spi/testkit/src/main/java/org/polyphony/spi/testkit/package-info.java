/// What a plugin author tests with: one contract test per role, a context for plain JUnit, fakes and seeded
/// data. Implement a contract's factory method and inherit its tests; nothing here needs OSGi.
@NullMarked
package org.polyphony.spi.testkit;

import org.jspecify.annotations.NullMarked;
