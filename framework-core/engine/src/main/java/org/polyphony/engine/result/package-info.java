/// What a study leaves behind, whole or not at all: report.json, report.html, policy.arrow and their manifest.
@NullMarked
package org.polyphony.engine.result;

import org.jspecify.annotations.NullMarked;
