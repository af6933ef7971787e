/* Draws sections, whoever made them: text, tables, and pictures by Observable Plot. Nothing here knows what is measured. */
const $ = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (v === false || v === null || v === undefined) continue;
    if (k.startsWith('on')) node.addEventListener(k.slice(2), v); else node.setAttribute(k, v);
  }
  for (const c of children.flat(9)) if (c !== null && c !== undefined) node.append(c);
  return node;
};
const colour = i => `var(--c${i % 8})`;
const num = (x, d = 3) => x === null || x === undefined ? '–' : Math.abs(x) > 0 && Math.abs(x) < 5 * 10 ** (-d - 1) ? x.toExponential(1) : x.toFixed(d);
const count = new Intl.NumberFormat('en').format;
const p = (...text) => $('p', {}, ...text);
const soft = (...text) => $('p', {class: 'soft'}, ...text);
const figures = (head, i) => head[i].startsWith('#') ? 'n' : '';
/* a table that does not fit is scrolled, by keyboard too */
const table = (head, rows, title) => $('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title || head.map(h => h.replace('#', '')).join(', ')}, $('table', {},
  $('thead', {}, $('tr', {}, head.map((h, i) => $('th', {scope: 'col', class: figures(head, i)}, h.replace('#', ''))))),
  $('tbody', {}, rows.map(r => $('tr', {}, r.map((c, i) => $('td', {class: figures(head, i)}, c)))))));
const legend = names => $('div', {class: 'legend'}, names.map((n, i) => $('span', {}, $('i', {style: `background:${colour(i)}`}), n)));
const section = (wanted, title, ...children) => {
  let id = wanted;
  while (document.getElementById(id)) id += '-';
  const body = children.flat().filter(c => c);
  if (!body.length) return;
  document.getElementById('nav').append($('a', {href: '#' + id}, title));
  document.getElementById('main').append($('section', {id, 'aria-labelledby': id + '-title'}, $('h2', {id: id + '-title'}, title), ...body));
};

const part = labels => labels.partition && labels.partition !== 'all' ? [$('span', {class: 'tag'}, labels.partition), ' '] : null;
const sentences = list => $('ul', {class: 'findings'}, list.map(h => $('li', {'data-code': h.code, class: h.tone.toLowerCase()}, part(h.labels), h.text)));

/* A picture is drawn when it comes near the screen or goes to paper, for the width it has, and again when that changes: text stays
   legible on a phone. Its title, its words and its room are there from the start. */
const pictures = new Map();
function figure(block, room, draw, names, below) {
  const place = $('div', {style: room});
  const node = $('figure', {}, $('figcaption', {}, block.title, names.length > 1 ? legend(names) : null), place, below ? $('p', {class: 'axis'}, below) : null, $('p', {class: 'words'}, block.alternative), block.leftOut ? soft(`${count(block.leftOut)} more are left out here.`) : null);
  let width = 0;
  pictures.set(node, wide => {
    const now = Math.min(704, Math.floor(wide));
    if (now < 40 || now === width) return;
    width = now;
    const svg = draw(width);
    svg.setAttribute('role', 'img');
    svg.querySelectorAll('[aria-label]').forEach(mark => mark.removeAttribute('aria-label'));
    svg.setAttribute('aria-label', `${block.title}. ${block.alternative}`);
    place.removeAttribute('style');
    place.replaceChildren(svg);
  });
  near.observe(node);
  return node;
}
/* The libraries run when there is something to draw. All are measured before the first is drawn, lest the page be laid out for each. */
const drawn = nodes => {
  const widths = nodes.map(n => n.clientWidth);
  if (nodes.length && !window.Plot) document.head.append($('script', {}, document.getElementById('libraries').textContent));
  nodes.forEach((n, i) => pictures.get(n)(widths[i]));
};
const near = new IntersectionObserver(seen => drawn(seen.filter(s => s.isIntersecting).map(s => s.target)), {rootMargin: '50%'});
addEventListener('resize', () => drawn([...pictures.keys()].filter(n => n.querySelector('svg'))));

const unique = values => [...new Set(values)];
const cut = (text, most) => text.length > most ? text.slice(0, most - 1) + '…' : text;
const bounded = rows => rows.filter(r => r.low !== undefined);
const estimate = d => `${d.row}${d.series ? ', ' + d.series : ''}: ${num(d.value, 4)}` + (d.low === undefined ? '' : ` [${num(d.low, 4)}, ${num(d.high, 4)}]`);
const palette = series => ({domain: series, range: series.map((_, i) => colour(i))});
const look = {background: 'none', color: 'var(--soft)', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible'};
const axis = (of, more) => ({label: of.label, type: of.logarithmic ? 'log' : 'linear', grid: true, tickFormat: of.logarithmic ? v => v >= 1 && v < 1e4 ? String(v) : v.toExponential(0) : undefined, ...more});
const rule = (axis, make) => axis.mark === undefined ? [] : [make([axis.mark], {stroke: 'var(--soft)', strokeDasharray: '3 3'})];

/* one line a row; where there are several series, one below the other in their row */
function rows(block, data, mark) {
  const series = unique(data.map(d => d.series)), names = unique(data.map(d => d.row)), grouped = data.length > names.length;
  const y = grouped ? {y: 'series', fy: 'row'} : {y: 'row'};
  const line = grouped ? Math.max(13, 22 - 2 * series.length) * series.length : 22, height = names.length * line + 40;
  return figure(block, `height:${height}px`, width => {
    const room = Math.round(Math.min(width * .38, 8 + 6.6 * Math.max(...names.map(n => n.length)))), most = Math.floor(room / 6.4);
    const scale = {domain: names, label: null, tickFormat: n => cut(n, most), tickSize: 0};
    return Plot.plot({
      width, height, marginLeft: room + 6, marginRight: 18, marginTop: 6, marginBottom: 26, style: look,
      x: axis(block.axis, {label: null, nice: true, ticks: Math.max(3, Math.floor(width / 110))}),
      y: grouped ? {domain: series, axis: null} : scale,
      fy: grouped ? {...scale, axis: 'left', padding: .22} : undefined,
      color: palette(series),
      marks: [...rule(block.axis, Plot.ruleX), ...mark(data, y)]
    });
  }, series, block.axis.label + (block.axis.marked ? `; dashed: ${block.axis.marked}` : ''));
}
const DRAW = {
  text: b => p(b.text),
  notes: b => $('details', {}, $('summary', {}, `${b.summary} (${b.notes.length})`), sentences(b.notes)),
  table: b => [b.title ? $('h3', {}, b.title) : null, table(b.columns.map(c => (c.numeric ? '#' : '') + c.name), b.rows, b.title), b.leftOut ? soft(`${count(b.leftOut)} more rows are left out here.`) : null],
  dots: b => rows(b, b.dots, (data, y) => [
    Plot.ruleY(bounded(data), {x1: 'low', x2: 'high', ...y, stroke: 'series', strokeWidth: 2.5, strokeOpacity: .6, strokeLinecap: 'round'}),
    Plot.dot(data, {x: 'value', ...y, fill: 'series', r: 4.5, title: estimate})]),
  bars: b => rows(b, b.bars, (data, y) => [
    Plot.barX(data, {x: 'value', ...y, fill: 'series', title: estimate}),
    Plot.ruleY(bounded(data), {x1: 'low', x2: 'high', ...y, stroke: 'var(--ink)', strokeWidth: 1.5}),
    Plot.ruleX([0])]),
  lines: b => {
    const series = unique(b.points.map(q => q.series)), named = b.ticks.length > 0;
    const x = named ? q => b.ticks[q.x] : 'x', bands = bounded(b.points);
    const few = new Set(series.filter(s => b.points.filter(q => q.series === s).length <= 40));
    return figure(b, 'height:280px', width => Plot.plot({
      width, height: 280, marginLeft: 62, marginTop: 30, marginBottom: 26, marginRight: 18, style: look,
      x: named ? {type: 'point', domain: b.ticks, label: null} : axis(b.x, {label: null, ticks: Math.max(3, Math.floor(width / 110))}),
      y: axis(b.y, {nice: !b.y.logarithmic, ticks: 5}),
      color: palette(series),
      marks: [...rule(b.y, Plot.ruleY),
        Plot.areaY(bands, {x, y1: 'low', y2: 'high', fill: 'series', fillOpacity: .16, z: 'series'}),
        Plot.lineY(b.points, {x, y: 'y', stroke: 'series', strokeWidth: 2, z: 'series'}),
        Plot.dot(b.points.filter(q => few.has(q.series)), {x, y: 'y', fill: 'series', r: 3, title: q => `${q.series} at ${named ? b.ticks[q.x] : num(q.x, 4)}: ${num(q.y, 5)}`})]
    }), series, b.x.label);
  },
  matrix: b => {
    const most = Math.max(...b.cells.map(c => Math.abs(c.value))) || 1;
    const height = 34 * b.rows.length + 70;
    return figure(b, `height:${height}px`, width => {
      const room = Math.round(Math.min(width * .34, 8 + 6.6 * Math.max(...b.rows.map(n => n.length))));
      return Plot.plot({
        width, height, marginLeft: room, marginTop: 60, marginRight: 18, style: look,
        x: {domain: b.columns.map((_, i) => i), label: null, axis: 'top', tickFormat: i => cut(b.columns[i], Math.max(3, Math.floor((width - room) / b.columns.length / 6.4))), tickSize: 0},
        y: {domain: b.rows.map((_, i) => i), label: null, tickFormat: i => cut(b.rows[i], Math.floor(room / 6.4)), tickSize: 0},
        marks: [Plot.cell(b.cells, {x: 'column', y: 'row', inset: 1, fill: c => c.value < 0 ? 'var(--c1)' : 'var(--c0)', fillOpacity: c => .75 * Math.abs(c.value) / most, title: c => `${b.rows[c.row]}, ${b.columns[c.column]}: ${num(c.value, 4)}`}),
          Plot.text(b.cells, {x: 'column', y: 'row', text: c => num(c.value, 2), fill: 'var(--ink)'})]
      });
    }, []);
  },
  graph: b => {
    const at = b.nodes.map((name, i) => ({name, x: Math.sin(2 * Math.PI * i / b.nodes.length), y: Math.cos(2 * Math.PI * i / b.nodes.length)}));
    return figure(b, 'max-width:460px;aspect-ratio:1', width => Plot.plot({
      width: Math.min(width, 460), height: Math.min(width, 460), margin: 26, style: look, axis: null, x: {domain: [-1.1, 1.1]}, y: {domain: [-1.1, 1.1]},
      marks: [Plot.arrow(b.edges, {x1: e => at[e.from].x, y1: e => at[e.from].y, x2: e => at[e.to].x, y2: e => at[e.to].y, bend: true, inset: 14, stroke: 'var(--c0)', strokeOpacity: e => .15 + .85 * e.weight, title: e => `${b.nodes[e.from]} → ${b.nodes[e.to]}: ${num(e.weight)}`}),
        Plot.dot(at, {x: 'x', y: 'y', r: 6, fill: 'var(--c0)'}),
        Plot.text(at, {x: 'x', y: 'y', text: n => cut(n.name, 18), dy: -14, fill: 'var(--ink)'})]
    }), []);
  },
  simplex: b => {
    const series = unique(b.places.map(q => q.series)), height = Math.sqrt(3) / 2;
    const corners = [{x: 0, y: 0, dy: 16}, {x: 1, y: 0, dy: 16}, {x: .5, y: height, dy: -12}].map((c, i) => ({...c, name: b.corners[i]}));
    const x = q => q.second + q.third / 2, y = q => q.third * height;
    const ends = series.flatMap(s => b.places.filter(q => q.series === s).slice(-1)), starts = series.flatMap(s => b.places.filter(q => q.series === s).slice(0, 1));
    /* places far apart are not joined: a chord through the simplex is not where anything went */
    let stretch = 0;
    const joined = b.places.map((q, n) => { const o = b.places[n - 1]; if (o && (o.series !== q.series || Math.max(Math.abs(o.first - q.first), Math.abs(o.second - q.second), Math.abs(o.third - q.third)) > .15)) stretch++; return {...q, stretch}; });
    return figure(b, 'max-width:480px;aspect-ratio:1/.93', width => Plot.plot({
      width: Math.min(width, 480), height: Math.min(width, 480) * .93, margin: 34, style: look, axis: null, x: {domain: [0, 1]}, y: {domain: [0, height]}, color: palette(series),
      marks: [Plot.line([...corners, corners[0]], {x: 'x', y: 'y', stroke: 'var(--line)', strokeWidth: 1.5, curve: 'linear'}),
        ...corners.map(c => Plot.text([c], {x: 'x', y: 'y', dy: c.dy, text: 'name', fill: 'var(--ink)'})),
        Plot.line(joined, {x, y, stroke: 'series', z: 'stretch', strokeWidth: 1.5}),
        Plot.dot(b.places, {x, y, fill: 'series', r: 1.1}),
        Plot.dot(starts, {x, y, stroke: 'series', r: 4}),
        Plot.dot(ends, {x, y, fill: 'series', r: 4.5, title: q => `${q.series}: ${num(q.first)}, ${num(q.second)}, ${num(q.third)}`})]
    }), series);
  }
};
const show = block => (DRAW[block.block] || (b => soft(`This page cannot show a block '${b.block}'; it is in report.json.`)))(block);
/* what is said first stands at the top of the page, too */
const sections = list => list.forEach(s => section(s.id, s.title, s.headlines.length ? sentences(s.headlines) : null, beside(s.blocks)));
/* ways stand beside each other where there is room */
function beside(blocks) {
  const out = [];
  for (const b of blocks) {
    const last = out[out.length - 1];
    if (b.block !== 'simplex') out.push(show(b));
    else if (last && last.className === 'beside') last.append(show(b));
    else out.push($('div', {class: 'beside'}, show(b)));
  }
  return out;
}
/* on paper nothing can be unfolded or scrolled to, and colours are those of daylight */
const paper = () => {
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  drawn([...pictures.keys()]);
};
matchMedia('print').addEventListener('change', print => { if (print.matches) paper(); });
addEventListener('beforeprint', paper);
