document.title = 'How algorithms move – Polyphony';
document.getElementById('title').textContent = 'How algorithms move';
document.getElementById('description').textContent = 'Every run is solved at growing budgets of iterations and each policy is certified. The verdict is decided from the certified gaps, not from the algorithm’s name.';
sections(R.sections);
section('provenance', 'Settings and how to reproduce',
  $('pre', {}, R.reproduce),
  table(['run', 'plugin', 'version', 'sha256', 'settings'], (R.games.length ? R.games[0].runs : []).map(r => [r.label, r.algorithm, r.version || '', r.sha256 ? $('code', {title: r.sha256}, r.sha256.slice(0, 16)) : '', r.settings ? Object.entries(r.settings).map(([k, v]) => `${k}: ${v}`).join(', ') : ''])),
  R.issues.map(i => $('p', {class: 'warning'}, `${i.severity}: ${i.message}`)));
document.getElementById('footer').textContent = `Made by Polyphony. Gaps are certified in float64 by a verifier that shares no code with the solvers. Result ${R.result}; result.json beside this page names the files that belong to it.`;
