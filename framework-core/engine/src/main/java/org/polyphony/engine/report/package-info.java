/// What a study leaves behind: report.json, report.html and policy.arrow.
@NullMarked
package org.polyphony.engine.report;

import org.jspecify.annotations.NullMarked;
