/// How the columns of files become judgments, as settings.
@NullMarked
package org.polyphony.plugin.source.files.mapping;

import org.jspecify.annotations.NullMarked;
