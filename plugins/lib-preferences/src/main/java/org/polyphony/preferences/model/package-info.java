/// Preference models fitted to pairs and votes: Bradley-Terry with groups shrunk to the population, cycles,
/// ties,
/// uncertainty.
@NullMarked
package org.polyphony.preferences.model;

import org.jspecify.annotations.NullMarked;
