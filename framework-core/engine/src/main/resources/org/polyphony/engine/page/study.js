const seats = R.stakeholders.map(s => s.name);
const exponential = x => x === null || x === undefined ? '–' : x.toExponential(1);
const pct = x => (100 * x).toFixed(1) + ' %';
const interval = m => num(m.value, 4) + (m.low === null ? '' : ` [${num(m.low, 4)}, ${num(m.high, 4)}]`);
document.title = `${R.study.name} – Polyphony study`;
document.getElementById('title').textContent = R.study.name;
document.getElementById('description').textContent = R.study.description;
const solved = R.formulations.filter(f => f.name !== 'uniform');
/* a study without algorithm measures: nothing is deployed, certified or compared with a uniform draw */
const solves = R.formulations.length > 0;
const ofPolicies = (...of) => { if (solves) section(...of); };
const explained = solved.filter((f, i) => f.about && solved.findIndex(g => g.formulation === f.formulation) === i);

const said = R.sections.flatMap(s => s.headlines), notes = R.findings.length - said.length;
section('findings', 'What was found',
  said.length ? sentences(said) : soft(R.findings.length ? 'Nothing is said first; the sections below have the rest.' : 'No evaluator ran: nothing is said about whether groups differ.'),
  notes ? soft(`${notes} more, in the sections below.`) : null,
  R.issues.filter(i => i.severity !== 'note').map(i => $('p', {class: 'warning'}, `${i.severity}: ${i.message}` + (i.location ? ` (${i.location})` : ''))));

section('data', 'Whose judgments',
  $('div', {class: 'facts'}, [['judgments', R.data.judgments], ['annotators', R.data.annotators], ['items', R.data.items], ['candidates', R.data.candidates]].map(([k, v]) => $('div', {}, $('b', {}, count(v)), k))),
  p(`Forms: ${Object.entries(R.data.forms).map(([k, v]) => `${count(v)} ${k}`).join(', ')}${Math.abs(R.data.weight - R.data.judgments) > 1e-9 ? `, together of weight ${count(R.data.weight)}` : ''}. Seats are given by `, $('b', {}, R.data.attribute.name), '; who has none informs the population.'),
  table(['group', '#judgments', '#annotators', 'seat', '#weight'],
    R.data.attribute.levels.map(l => [l.name, count(l.judgments), count(l.annotators), l.seat ? 'yes' : 'no', l.seat ? num(R.stakeholders.find(s => s.name === l.name).weight) : '–'])
      .concat([['(blank)', count(R.data.attribute.blank.judgments), count(R.data.attribute.blank.annotators), 'no', '–']])));

section('deployed', solves ? 'What each formulation deploys' : 'What was judged',
  $('ul', {}, explained.map(f => $('li', {}, $('b', {}, f.formulation), ': ' + f.about.sentence))),
  itemPicker());
function itemPicker() {
  const holder = $('div', {});
  const select = $('select', {id: 'item', onchange: () => show(+select.value)}, R.items.map((it, i) => $('option', {value: i}, !it.prompt ? it.id : R.items.some(o => o !== it && o.prompt === it.prompt) ? `${it.prompt} (${it.id})` : it.prompt)));
  function show(i) {
    const it = R.items[i], names = solved.map(f => f.name).filter(n => it.formulations && it.formulations[n]);
    holder.replaceChildren();
    if (it.attributes) holder.append(p(Object.entries(it.attributes).map(([k, v]) => $('span', {class: 'tag'}, `${k}: ${v}`))));
    if (it.prompt.includes('\n')) holder.append($('pre', {}, it.prompt));
    const refused = names.filter(n => it.formulations[n].refused);
    for (const n of refused) holder.append($('p', {class: 'warning'}, `${n}: no answer here. ${why(it, n)}`));
    const live = names.filter(n => !it.formulations[n].refused);
    if (solves && !names.length && it.candidates.filter(c => c.allowed).length < 2) holder.append(soft('One candidate at most may be given here: there is nothing to choose, so no game is posed and nothing is certified.'));
    holder.append(legend(live));
    const mass = k => Math.max(0, ...live.map(n => it.formulations[n].policy[k]));
    const order = it.candidates.map((_, k) => k).sort((a, b) => mass(b) - mass(a) || a - b);
    const shown = order.filter((k, at) => at < 5 && (!live.length || mass(k) >= .0005) || mass(k) >= .05 || !it.candidates[k].allowed), rest = order.filter(k => !shown.includes(k));
    const row = k => $('div', {class: 'cand' + (it.candidates[k].allowed ? '' : ' refused')},
      $('div', {class: 't'}, it.candidates[k].text || it.candidates[k].id, ' ', it.candidates[k].allowed ? null : $('span', {class: 'tag bad'}, 'refused: ' + rulesOf(it.id, it.candidates[k].id))),
      $('div', {class: 'bars'}, live.map((n, j) => $('div', {class: 'bar'}, $('span', {class: 'soft'}, n), $('span', {}, $('i', {style: `width:${100 * it.formulations[n].policy[k]}%;background:${colour(j)}`})), $('span', {}, pct(it.formulations[n].policy[k]))))));
    shown.forEach(k => holder.append(row(k)));
    if (rest.length) holder.append($('details', {}, $('summary', {}, `${rest.length} more` + (live.length ? `, each with at most ${pct(Math.max(...rest.map(mass)))} of the mass` : '')), rest.map(row)));
    for (const n of live.filter(n => it.formulations[n].profile)) {
      const profile = it.formulations[n].profile;
      holder.append($('h3', {}, `Each stakeholder’s own policy: ${n} (the mixture is what is deployed)`),
        table(['candidate'].concat(seats.map(s => '#' + s)), order.filter(k => seats.some(s => profile[s][k] >= .005)).slice(0, 12).map(k => [(it.candidates[k].text || it.candidates[k].id).slice(0, 80), ...seats.map(s => pct(profile[s][k]))])));
    }
    if (live.length) holder.append($('h3', {}, 'Who could gain by deviating alone on this item'),
      table(['policy', 'standing', '#gap', '#gap of the game regularised at τ', '#τ', ...seats.map(s => '#' + s)], ['uniform', ...live].map(n => {
        const c = it.formulations[n] && it.formulations[n].certificate; return c ? [n, it.formulations[n].standing, num(c.gap, 4), c.tau ? num(c.gapTau, 4) : '–', c.tau ? num(c.tau, 3) : '–', ...seats.map(s => num(c.unilateralGain[s], 4))] : null; }).filter(r => r)));
  }
  show(0);
  return [$('label', {for: 'item'}, 'Item'), select, holder];
}
function why(it, n) {
  const f = it.formulations[n];
  if (f.standing === 'REJECTED') return 'The result was rejected: it is not what the algorithm said it is' + (f.residual === null ? '.' : `; the verified gap is ${num(f.residual, 4)}.`);
  return it.candidates.some(c => c.allowed) ? 'What the algorithm answered is no policy over the allowed candidates.' : 'No candidate is allowed: the answer is a refusal.';
}
function rulesOf(item, candidate) { const r = R.review.refusals.find(x => x.item === item && x.candidate === candidate); return r ? r.rules.join(', ') : 'not allowed'; }

sections(R.sections.filter(s => s.blocks.length).map(s => ({...s, headlines: []})));

/* averages over items of the certified utility */
ofPolicies('utilities', 'Utilities with respect to the estimated preferences',
  soft('Mean over items of the probability that a stakeholder prefers the deployed answer to a uniform draw.'),
  table(['policy', ...seats.map(s => '#' + s), '#worst-off'], R.formulations.map(f => { const u = seats.map(s => mean(f.name, s)); return [f.name, ...u.map(v => num(v)), num(u.includes(null) ? null : Math.min(...u))]; })));
function mean(name, seat) {
  const v = R.items.map(it => it.formulations && it.formulations[name] && !it.formulations[name].refused ? it.formulations[name].certificate.utility[seat] : null).filter(x => x !== null && x !== undefined);
  return v.length ? v.reduce((a, b) => a + b, 0) / v.length : null;
}

ofPolicies('deviation', 'Could anybody gain by deviating alone',
  p('The largest gain any stakeholder has on any item by replacing the policy with its favourite answer: before alignment (a uniform draw) and after. With respect to the estimated preferences, which is what a certificate can speak of.'),
  table(['policy', ...seats.map(s => '#' + s)], R.formulations.map(f => [f.name === 'uniform' ? 'before (uniform)' : f.name, ...seats.map(s => num(f.largestUnilateralGain[s], 4))])));
ofPolicies('certificates', 'Certificates and convergence',
  soft('Recomputed in float64 by a verifier that shares no code with the solvers. They speak of the allowed candidates and of the preferences as estimated. CERTIFIED: proved to solve its game, the one regularised at τ where there is a τ. VALID: a policy over allowed candidates, and nothing more is proved. REFUSED: no answer. REJECTED: not what the algorithm said it is, and not shown. “Says converged” is the algorithm’s word. The first gap is that of the game itself, the second that of the game regularised at τ, which can be nothing where the first is large.'),
  table(['formulation', 'algorithm', '#games', '#CERTIFIED', '#VALID', '#REFUSED', '#REJECTED', '#says converged', '#proved unique', '#worst gap', '#worst gap at τ', '#τ', '#on pairs nobody judged'],
    solved.map(f => [f.name, f.algorithm, f.games, f.standing.CERTIFIED, f.standing.VALID, f.standing.REFUSED, f.standing.REJECTED, f.converged, f.uniqueGuaranteed, exponential(f.worstGap), f.tau && f.tau.high ? exponential(f.worstGapTau) : '–', f.tau ? (f.tau.low === f.tau.high ? num(f.tau.low) : num(f.tau.low) + '–' + num(f.tau.high)) : '–', f.unjudged ? pct(f.unjudged.mean) : '–'])),
  soft('On pairs nobody judged: the probability, over items, that nobody with a seat compared the deployed answer with another allowed one drawn by lot. There the estimated preferences are the model’s word alone.'),
  $('ul', {class: 'soft'}, explained.filter(f => f.about.gap).map(f => $('li', {}, $('b', {}, f.formulation), `: the gap is ${f.about.gap}` + (f.about.gapTau === f.about.gap ? '.' : `; at τ, ${f.about.gapTau}.`)))));

section('refused', 'What was refused',
  p(`${count(R.review.universal)} of ${count(R.review.candidates)} candidates may not be played, whoever asks` + (R.review.refused > R.review.universal ? `; ${count(R.review.refused - R.review.universal)} more may not be played in this study’s verified context` : '') + `; ${R.review.refusedItems.length} items have none left and are answered with a refusal.`),
  p('Universal constraints in force: ', R.review.constraints.map(c => $('span', {class: 'tag'}, `${c.name} ${c.version}`)), Object.keys(R.study.context).length ? ' Verified context: ' + Object.entries(R.study.context).map(([k, v]) => `${k} ${v}`).join(', ') : ''),
  R.review.norms.length ? table(['norm', 'what it is for', 'whose it is', 'support', '#refused'], R.review.norms.map(n => [n.rule, n.reason, n.source, n.support ? `${count(n.support.supporting)} of ${count(n.support.asked)} asked` : 'nobody was asked', n.refused])) : null,
  R.review.refusals.length ? $('details', {}, $('summary', {}, 'All refusals'), table(['item', 'candidate', 'rules'], R.review.refusals.map(r => [r.item, r.candidate, r.rules.join(', ')]))) : null);

section('metrics', 'Every number', (() => {
  const body = $('div', {});
  const input = $('input', {id: 'filter', placeholder: 'for example log-loss, consensus, control', oninput: draw});
  function draw() {
    const q = input.value.trim().toLowerCase().split(/\s+/).filter(x => x);
    const hits = R.metrics.filter(m => { const t = (m.name + ' ' + Object.entries(m.labels).flat().join(' ')).toLowerCase(); return q.every(w => t.includes(w)); });
    body.replaceChildren(soft(`${hits.length} of ${R.metrics.length}` + (hits.length > 200 ? ', the first 200 shown' : '')), table(['metric', 'labels', '#value [95 %]', '#count', 'unit'], hits.slice(0, 200).map(m => [m.name, Object.entries(m.labels).map(([k, v]) => `${k}: ${v}`).join(', '), interval(m), count(m.count), m.unit])));
  }
  draw();
  return R.metrics.length ? [$('label', {for: 'filter'}, 'Filter'), input, $('details', {}, $('summary', {}, 'Show'), body)] : null;
})());

section('provenance', 'Settings, inputs and how to reproduce',
  $('pre', {}, R.reproduce),
  p(`Seed ${R.study.seed}; split: ${R.study.split}. The same machine, seed and plugins give the same bytes.`),
  $('h3', {}, 'Plugins'), table(['slot', 'plugin', 'version', 'generation', 'sha256'], R.plugins.map(q => [q.slot, q.id, q.version, q.generation, $('code', {title: q.sha256}, q.sha256.slice(0, 16))])),
  $('h3', {}, 'Inputs'), R.inputs.length ? table(['file', '#bytes', 'sha256'], R.inputs.map(q => [q.name, count(q.bytes), $('code', {title: q.sha256}, q.sha256.slice(0, 16))])) : soft('No file was read: the data are generated.'),
  $('h3', {}, 'Settings'), $('pre', {}, JSON.stringify(R.settings, null, 1)),
  R.issues.length ? [$('h3', {}, 'Notes and warnings'), table(['', 'code', 'message', 'where'], R.issues.map(i => [i.severity, i.code, i.message, i.location]))] : null);
document.getElementById('footer').textContent = 'Made by Polyphony. Intervals are 95 %, resampled by annotator.' + (R.result ? ` Result ${R.result}; result.json beside this page names the files that belong to it.` : '');
