/// Preference profiles of stakeholder groups, shrunk towards the population: one bundle, private.
@NullMarked
package org.polyphony.plugin.profile.groups;

import org.jspecify.annotations.NullMarked;
