/// Where metrics and findings are collected, and how figures are worded.
@NullMarked
package org.polyphony.plugin.evaluator.preferences.report;

import org.jspecify.annotations.NullMarked;
