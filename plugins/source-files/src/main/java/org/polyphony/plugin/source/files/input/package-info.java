/// Files of a data folder: found, checked, and read through DuckDB.
@NullMarked
package org.polyphony.plugin.source.files.input;

import org.jspecify.annotations.NullMarked;
