/// A toolkit for plugins: the loop around a solver of single games, and small arithmetic. It is no part of the SPI:
/// embed it (`-conditionalpackage: org.polyphony.support.*`), so that the plugin keeps the version it was built with,
/// and never export it.
@NullMarked
package org.polyphony.support;

import org.jspecify.annotations.NullMarked;
