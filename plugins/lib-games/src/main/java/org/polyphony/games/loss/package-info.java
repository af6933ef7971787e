/// Losses that language models are trained with on judged pairs, and the K × K tensor losses that a
/// parametric policy is fitted with; values, gradients and implicit rewards.
///
/// **One meaning of every parameter.** Sources disagree on what η and β stand for; here
/// * `step` s multiplies the preference: the population update is log π⁺ = anchor + s P π. It is 1/η of INPO,
///   COMAL and TD-MNPO, 1/β of SPPO and of DNO (whose η is β here), and 1/τ of IPO. A hard label asks for a
///   margin of s/2;
/// * `tau` τ is the weight of the KL divergence from the reference, in units of preference per nat. INPO's
///   and COMAL's ratio ρ of reference in the anchor is s τ; β of the Nash-MD trainer of TRL is τ;
/// * `beta` β multiplies a log-ratio to make a Bradley-Terry logit, in DPO, its safe and robust variants, and
///   the hinge.
@NullMarked
package org.polyphony.games.loss;

import org.jspecify.annotations.NullMarked;
