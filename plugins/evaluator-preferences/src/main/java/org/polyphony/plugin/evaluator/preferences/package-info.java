/// The evaluator `preferences`: what judgments bear out about people, groups and policies.
///
/// **Labels.** `partition`: `all`, or a value of the study's partition attribute; `stakeholder`: a seat,
/// `pooled` (all judgments with a seat) or `everyone` (all judgments); `model`: `constant`, `population`,
/// `groups-shrunk`, `groups-unshrunk`, `cycle-capable`, `profiles` (as deployed); `policy`: a formulation,
/// or a baseline `uniform`, `longest`, `borda`, `copeland`, `population-model`, which has `baseline` before
/// its name where a policy of the study is called so; `versus`: the policy compared with; `made-from`: `training-half`
/// (policies made from one half of the judges) or
/// `learned` (policies as deployed); `resampling`: `judges` or `items`; `lambda`: strength of shrinkage,
/// `inf` for none but the population; `level`, `ridge`: of cycle-capable models; `item`, `candidate`.
///
/// **Metrics.** An interval is of 95 %, from drawing judges unless labelled otherwise; of placebo figures
/// it is the 2.5 % and 97.5 % quantile. A count is of judges, items, draws or cells, whichever is drawn.
///
/// | family | what |
/// |---|---|
/// | `fit.*` | log-loss, accuracy, calibration on judges of the other folds |
/// | `heldout.*` | the same for the profiles as deployed, on judges they did not learn from |
/// | `coverage.*`, `agreement.*`, `order.*`, `candidates.*` | who judged how much, how far people agree, order shown |
/// | `groups.*`, `placebo.*` | gain of groups over the population, and of groups drawn by lot |
/// | `shrinkage.*` | gain, ε*, support and difference by `lambda`, with placebo bands |
/// | `cycles.*` | gain of cycle-capable models, and whether they are used |
/// | `unilateral.*` | what deviating alone is worth: certified, on training judges, held out |
/// | `stakeholder.*` | τ, Δ, uniqueness, utility, cost, and the control at the same τ |
/// | `policy.*`, `safety.*` | utility, worst-off, differences, homogeneity, mass on unsafe candidates |
/// | `disagreement.*` | between stakeholders, as estimated |
/// | `winner.*` | the winner's bootstrap probability |
/// | `truth.*` | recovery, where the truth is known |
///
/// Every metric is described in docs/reference/metrics.md.
@NullMarked
package org.polyphony.plugin.evaluator.preferences;

import org.jspecify.annotations.NullMarked;
