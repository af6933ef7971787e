/// Tests of the Nash-DPO bundle: the contract of its role, the reference numbers and the certificates.
@NullMarked
package org.polyphony.plugin.algorithm.nashdpo;

import org.jspecify.annotations.NullMarked;
