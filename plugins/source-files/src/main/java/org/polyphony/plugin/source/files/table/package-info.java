/// Tables with one judgment, or one entry of a judgment, a row.
@NullMarked
package org.polyphony.plugin.source.files.table;

import org.jspecify.annotations.NullMarked;
