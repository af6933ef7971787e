/// The Nash-DPO algorithm family on enumerated candidates: equilibria of the population, stakeholder and consensus
/// games.
@NullMarked
package org.polyphony.plugin.algorithm.nashdpo;

import org.jspecify.annotations.NullMarked;
