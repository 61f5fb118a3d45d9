'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const data = JSON.parse($('data').textContent);
  const { stories } = data, entry = ([key, text, pmid]) => [key, pmid ? text + '; PMID ' + pmid : text];
  const references = Object.fromEntries(data.references.map(entry));
  const nothing = { name: '', kind: '', place: '', aliases: [], note: '', how: '', status: '' };
  // `by` and `against` have the numbers of references, parted by blanks: their keys would be a tenth of the page.
  const keys = data.references.map(pair => pair[0]), named = numbers => numbers ? numbers.split(' ').map(each => keys[each]) : [];
  const whole = each => ({ ...nothing, ...each, evidence: named(each.by), against: named(each.against) });
  // A table has the names of its fields in its first row; what is empty at the end of a row is left out.
  // A text that comes again is the number of its place in `texts`.
  const read = (field, value) => typeof value === 'number' && !'ste'.includes(field) ? data.texts[value] : value;
  const table = ([fields, ...rows]) => rows.map(row => whole(Object.fromEntries(row.map((value, i) => [fields[i], read(fields[i], value)]))));
  const species = table(data.species), edges = table(data.edges);
  const svg = $('map').querySelector('svg');
  const nodes = [...svg.querySelectorAll('.all-species > g')];
  const lines = [...svg.querySelectorAll('.edges path')];
  const into = species.map(() => []), from = species.map(() => []);
  edges.forEach((edge, i) => { from[edge.s].push(i); into[edge.t].push(i); });
  const place = nodes.map(node => {
    const box = node.querySelector('rect'), at = name => +box.getAttribute(name);
    return { x: at('x'), y: at('y'), w: at('width'), h: at('height'), round: at('rx') };
  });
  // What follows from the edges is not written into the map again: it would be a tenth of the page.
  const turned = way => way.replace(/d(-?[0-9.]+)/g, 'c0 18 $1 18 $1 36').replace(/u(-?[0-9.]+)/g, 'c0 -18 $1 -18 $1 -36');
  lines.forEach((line, i) => {
    const { s, t, e } = edges[i];
    line.setAttribute('class', 'edge ' + (e < 0 ? 'inhibits' : 'activates') + (place[s].y > place[t].y ? ' up' : ''));
  });
  nodes.forEach(node => { node.setAttribute('class', 'species'); node.setAttribute('role', 'button'); });
  let chosen = -1, current = 0, zoom = 1;

  // What is shown: what the page begins with, whose edges are its own, or all.
  const { first } = data, inFirst = new Set(first ? first.species : []);
  const few = () => first && $('view').value === '1';
  const seen = k => !few() || inFirst.has(k), drawnToo = i => !few() || i in first.ways;
  const showing = () => {
    const some = few();
    tagged = undefined;
    nodes.forEach((node, k) => node.toggleAttribute('hidden', !seen(k)));
    lines.forEach((line, i) => {
      line.toggleAttribute('hidden', !drawnToo(i));
      line.setAttribute('d', turned(some && first.ways[i] || line.dataset.way));
    });
  };

  const element = (tag, text, kind) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const drawn = (tag, values) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const name in values) made.setAttribute(name, values[name]);
    return made;
  };

  $('names').replaceChildren(...species.map(({ id, name }) => { const made = element('option', name); made.value = id; return made; }));

  // What a share looks like: parts of each box that are made once.
  const parts = nodes.map((node, k) => {
    const at = place[k], label = node.querySelector('text');
    label.setAttribute('x', at.x + at.w / 2);
    const fill = drawn('rect', { class: 'fill', x: at.x + 1, y: at.y + 1, width: 0, height: at.h - 2, rx: at.round });
    const share = drawn('text', { class: 'share', x: at.x + at.w / 2, y: at.y + at.h / 2 + 10.2 });
    const ring = drawn('rect', { class: 'ring', x: at.x - 2, y: at.y - 2, width: at.w + 4, height: at.h + 4, rx: at.round + 2 });
    const mark = drawn('path', { class: 'mark' });
    node.insertBefore(fill, label);
    const title = drawn('title', {});
    node.prepend(title);
    node.append(share, ring, mark);
    return { title, fill, share, ring, mark, label };
  });

  // The state that is shown: shares in percent, by species; null where the pathway is shown as it stands.
  const story = () => stories[+$('scenario').value];
  const state = () => {
    const now = story(), step = +$('step').value;
    if (!now) return { shares: null, reasons: {}, moved: [] };
    if (step >= now.steps.length) return { shares: now.late, reasons: {}, moved: [] };
    const shares = species.map(() => 0), reasons = {};
    now.start.forEach(k => { shares[k] = 100; });
    let moved = [];
    for (let i = 1; i <= step; i++) {
      moved = [];
      // A step is its phase, then pairs of a species and a reason; ~species is switched off.
      const [, ...pairs] = now.steps[i];
      for (let at = 0; at < pairs.length; at += 2) {
        const on = pairs[at] >= 0, k = on ? pairs[at] : ~pairs[at];
        shares[k] = on ? 100 : 0; reasons[k] = data.reasons[pairs[at + 1]]; moved.push(k);
      }
    }
    return { shares, reasons, moved };
  };
  const said = share => share <= 5 ? 'off' : share >= 95 ? 'on' : 'on in ' + share + ' % of the cells';

  // The label of a drug or an alteration, what joins it to its target, and the edge that it blocks.
  let tagged;
  const tag = ([kind, name, told, x, y, w, fx, fy, tx, ty, act]) => {
    const made = drawn('g', { class: 'tag ' + (kind & 1 ? 'drug' : 'alteration') + (kind & 2 ? ' idle' : '') });
    const title = drawn('title', {}), label = drawn('text', { x: x + w / 2, y: y + 10.5 }), up = fx === tx;
    const back = (at, end) => at + (end > at ? 4 : -4);
    let link = `M${fx} ${fy}` + (up ? 'V' + ty : 'H' + tx);
    if (act >= 0) link += `M${tx - 4} ${ty - 4}L${tx + 4} ${ty + 4}M${tx - 4} ${ty + 4}L${tx + 4} ${ty - 4}`;
    else if (act < -1) link += up ? `M${tx - 5} ${ty}H${tx + 5}` : `M${tx} ${ty - 5}v10`;
    else if (up) link += `M${tx - 4} ${back(ty, fy)}L${tx} ${ty} ${tx + 4} ${back(ty, fy)}`;
    else link += `M${back(tx, fx)} ${ty - 4}L${tx} ${ty} ${back(tx, fx)} ${ty + 4}`;
    title.textContent = data.texts[told];
    label.textContent = data.texts[name];
    made.append(title, ...(act >= 0 && kind < 2 ? [drawn('path', { class: 'held', d: lines[act].getAttribute('d') })] : []),
      drawn('path', { d: link }), drawn('rect', { x, y, width: w, height: 14, rx: kind & 1 ? 7 : 0 }), label);
    return made;
  };

  let shown = { shares: null, reasons: {}, moved: [] };
  const paint = () => {
    const now = story();
    shown = state();
    const other = stories[+$('other').value];
    const before = other && now ? other.late : null;
    nodes.forEach((node, k) => {
      const share = shown.shares ? shown.shares[k] : null, part = parts[k], at = place[k];
      const by = before && share !== null ? share - before[k] : 0, flipped = Math.abs(by) > 10;
      const moved = shown.moved.includes(k), look = [share, moved, by, before && before[k]].join();
      if (part.look === look) return;  // most stay as they are from step to step
      part.look = look;
      const half = share !== null && share > 5 && share < 95;
      node.classList.toggle('on', share !== null && share >= 95);
      node.classList.toggle('off', share !== null && share <= 5);
      node.classList.toggle('part', half);
      node.classList.toggle('moved', moved);
      part.fill.setAttribute('width', half ? (at.w - 2) * share / 100 : 0);
      part.share.textContent = half ? share + ' %' : '';
      part.label.setAttribute('y', at.y + at.h / 2 + (half ? 0.4 : 4.2));
      part.ring.setAttribute('visibility', flipped ? 'visible' : 'hidden');
      const x = at.x + at.w - 1, y = at.y - 1, tip = by > 0 ? y - 6 : y + 4, foot = by > 0 ? y + 3 : y - 5;
      part.mark.setAttribute('d', flipped ? `M${x - 5} ${foot}L${x} ${tip} ${x + 5} ${foot}z` : '');
      part.title.textContent = species[k].id + (share === null ? '' : ', ' + said(share)) + (before && share !== null ? (flipped ? ', differs: ' : '; ') + said(before[k]) + ' in the other' : '');
    });
    lines.forEach((line, i) => line.classList.toggle('faint', !!shown.shares && shown.shares[edges[i].s] <= 5));
    if (tagged !== now) { tagged = now; $('tags').replaceChildren(...(now ? now.tags[few() ? 1 : 0].map(tag) : [])); }
    told();
    if (current >= 0) card(current);
  };

  // What stands beside and below the map.
  const told = () => {
    const now = story(), step = +$('step').value, other = stories[+$('other').value];
    $('step').disabled = !now || !now.steps.length;
    $('when').textContent = !now ? 'no scenario' : step >= now.steps.length ? 'late: shares of cells' : 'step ' + step + ' of ' + (now.steps.length - 1) + ', ' + data.phases[now.steps[step][0]];
    $('step').setAttribute('aria-valuetext', $('when').textContent);
    $('status').textContent = now && shown.moved.length ? 'Changed: ' + shown.moved.map(k => species[k].id + ' ' + said(shown.shares[k])).join(', ') : '';
    $('command').textContent = now ? now.command : data.command;
    const cell = now && now.cell.length && (step < now.steps.length || !now.steps.length) ? ['The one cell that is followed in steps:', ...now.cell] : [];
    $('note').textContent = now ? [...now.notes, ...cell].join(' ') : '';
    const head = ['readout', 'before', 'early', 'late'];
    if (other && now && other !== now) head.push('late in the other');
    $('head').replaceChildren(...head.map(text => { const cell = element('th', text); cell.scope = 'col'; return cell; }));
    $('readouts').replaceChildren(...(now ? data.readouts.map((k, r) => {
      const row = element('tr'), name = element('th', species[k].id);
      name.scope = 'row';
      row.append(name, ...now.readouts[r].map(value => element('td', value + ' %', 'n')));
      if (head.length > 4) row.append(element('td', other.late[k] + ' %', 'n'));
      return row;
    }) : []));
    $('table').hidden = !now;
  };

  const linked = k => {
    const button = element('button', species[k].id);
    button.type = 'button';
    button.addEventListener('click', () => { choose(k); go(k); });
    return button;
  };
  const card = k => {
    current = k;
    const one = species[k], at = $('card'), cited = new Set(one.evidence), heading = element('h2', one.id);
    at.replaceChildren(heading);
    const now = story(), other = stories[+$('other').value], both = now && other && other !== now;
    if (shown.shares) at.append(element('p', (both ? now.name + ': ' : '') + said(shown.shares[k])));
    if (both) at.append(element('p', other.name + ': ' + said(other.late[k])));
    if (one.name && one.name !== one.id) at.append(element('p', one.name));
    at.append(element('p', [one.kind, one.place].filter(Boolean).join(', '), 'quiet'));
    if (shown.reasons[k]) at.append(element('p', 'because: ' + shown.reasons[k]));
    if (one.aliases.length) at.append(element('p', 'also: ' + one.aliases.join(', '), 'quiet'));
    if (one.note) at.append(element('p', one.note));
    for (const [title, list, far] of [['acted on by', into[k], 's'], ['acts on', from[k], 't']]) {
      if (!list.length) continue;
      at.append(element('h3', title));
      for (const i of list) {
        const edge = edges[i], row = element('div', undefined, 'edgeline' + (edge.e < 0 ? ' minus' : ''));
        row.append(far === 't' ? (edge.e < 0 ? '-| ' : '-> ') : '', linked(edge[far]), far === 's' ? (edge.e < 0 ? ' -|' : ' ->') : '');
        if (edge.how) row.append(' ' + edge.how);
        if (edge.evidence.length) row.append(' [' + edge.evidence.join(', ') + ']');
        if (edge.against.length || edge.status) row.append(element('span', ' ' + [edge.status, edge.against.length ? 'against it: ' + edge.against.join(', ') : ''].filter(Boolean).join('; '), 'dispute'));
        if (edge.note) row.append(element('div', edge.note, 'quiet'));
        [...edge.evidence, ...edge.against].forEach(key => cited.add(key));
        at.append(row);
      }
    }
    const known = [...cited].filter(key => references[key]).sort();
    if (known.length) {
      const list = element('ul', undefined, 'refs');
      list.append(...known.map(key => element('li', key + ': ' + references[key])));
      at.append(element('h3', 'evidence'), list);
    }
  };

  // Lighting up: what is next to a species, or all that leads to it or follows from it.
  const reached = (k, next, end) => {
    const met = new Set([k]), along = new Set(), waiting = [k];
    while (waiting.length) {
      for (const i of next[waiting.pop()].filter(drawnToo)) {
        along.add(i);
        const far = edges[i][end];
        if (!met.has(far)) { met.add(far); waiting.push(far); }
      }
    }
    return [met, along];
  };
  const choose = k => {
    chosen = k;
    svg.classList.toggle('lit', k >= 0);
    let met = new Set(), along = new Set();
    if (k >= 0) {
      const which = $('light').value;
      if (which === 'up') [met, along] = reached(k, into, 's');
      else if (which === 'down') [met, along] = reached(k, from, 't');
      else {
        along = new Set([...into[k], ...from[k]].filter(drawnToo));
        met = new Set([k]);
        along.forEach(i => { met.add(edges[i].s); met.add(edges[i].t); });
      }
      card(k);
    }
    nodes.forEach((node, n) => {
      node.classList.toggle('hi', met.has(n));
      node.classList.toggle('chosen', n === k);
      node.setAttribute('aria-pressed', n === k);
    });
    lines.forEach((line, i) => line.classList.toggle('hi', along.has(i)));
  };

  // One stop of the tab key for the whole map; the arrow keys go from species to species.
  let stop = 0;
  const roam = k => {
    nodes[stop].setAttribute('tabindex', '-1');
    stop = k;
    nodes[k].setAttribute('tabindex', '0');
  };
  const nearest = (k, dx, dy) => {
    let best = -1, least = Infinity;
    const mx = k => place[k].x + place[k].w / 2;
    place.forEach((at, n) => {
      const x = mx(n) - mx(k), y = at.y - place[k].y;
      const along = dx ? x * dx : y * dy, aside = dx ? Math.abs(y) * 8 : Math.abs(x);
      if (n === k || along < 1 || !seen(n)) return;
      const far = dx ? along + aside : along * 4 + aside;
      if (far < least) { least = far; best = n; }
    });
    return best;
  };
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  nodes.forEach((node, k) => {
    node.addEventListener('mouseenter', () => { if (!held) card(k); });
    node.addEventListener('mouseleave', () => { if (chosen >= 0 && !held) card(chosen); });
    node.addEventListener('focus', () => { roam(k); card(k); });
    node.addEventListener('click', () => { if (!dragged) choose(chosen === k ? -1 : k); });
    node.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(chosen === k ? -1 : k); }
      if (moves[event.key]) {
        event.preventDefault();
        event.stopPropagation();
        const next = nearest(k, ...moves[event.key]);
        if (next >= 0) go(next);
      }
    });
  });
  const show = k => {  // the map moves, never the page around it
    const map = $('map'), at = place[k], x = (at.x + at.w / 2) * zoom, y = (at.y + at.h / 2) * zoom, edge = 60;
    if (x < map.scrollLeft + edge || x > map.scrollLeft + map.clientWidth - edge) map.scrollLeft = x - map.clientWidth / 2;
    if (y < map.scrollTop + edge || y > map.scrollTop + map.clientHeight - edge) map.scrollTop = y - map.clientHeight / 2;
  };
  const all = k => {  // where a species is not among those that are shown, all are
    if (seen(k)) return;
    $('view').value = '0';
    look();
    $('status').textContent = species[k].id + ' was not shown: now all are.';
  };
  const go = k => { all(k); nodes[k].focus({ preventScroll: true }); show(k); };
  const look = () => {
    showing();
    paint();
    choose(chosen);
    if (!seen(stop)) roam(nodes.findIndex((_, k) => seen(k)));
  };

  // Zoom by buttons and keys, pan by dragging and by scrolling.
  const [, , wide, high] = svg.getAttribute('viewBox').split(' ').map(Number);
  const scale = to => {
    const map = $('map'), x = (map.scrollLeft + map.clientWidth / 2) / zoom, y = (map.scrollTop + map.clientHeight / 2) / zoom;
    zoom = Math.min(4, Math.max(0.15, to));
    svg.setAttribute('width', wide * zoom);
    svg.setAttribute('height', high * zoom);
    map.scrollLeft = x * zoom - map.clientWidth / 2;
    map.scrollTop = y * zoom - map.clientHeight / 2;
  };
  const fit = () => scale(Math.min($('map').clientWidth / wide, $('map').clientHeight / high));
  $('in').addEventListener('click', () => scale(zoom * 1.25));
  $('out').addEventListener('click', () => scale(zoom / 1.25));
  $('fit').addEventListener('click', fit);
  $('map').addEventListener('keydown', event => {
    if (event.key === '+' || event.key === '=') scale(zoom * 1.25);
    if (event.key === '-') scale(zoom / 1.25);
    if (event.key === '0') fit();
  });
  $('map').addEventListener('wheel', event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    scale(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  let held = null, dragged = false;
  $('map').addEventListener('pointerdown', event => {
    dragged = false;
    if (event.pointerType !== 'mouse' || event.button) return;
    held = [event.clientX, event.clientY, $('map').scrollLeft, $('map').scrollTop];
  });
  addEventListener('pointermove', event => {
    if (!held) return;
    const x = event.clientX - held[0], y = event.clientY - held[1];
    if (Math.abs(x) + Math.abs(y) > 4) { dragged = true; $('map').classList.add('held'); }
    if (dragged) { $('map').scrollLeft = held[2] - x; $('map').scrollTop = held[3] - y; }
  });
  addEventListener('pointerup', () => { held = null; $('map').classList.remove('held'); });

  // The controls.
  const find = text => {
    const wanted = text.trim().toLowerCase(), flat = wanted.replace(/[-_ ]/g, '');
    if (!wanted) return -1;
    const names = one => [one.id, one.name, ...one.aliases].map(name => name.toLowerCase());
    const tests = [
      one => names(one).includes(wanted),
      one => names(one).some(name => name.replace(/[-_ ]/g, '') === flat),
      one => names(one).some(name => name.startsWith(wanted)),
      one => names(one).some(name => name.includes(wanted)),
    ];
    for (const test of tests) { const k = species.findIndex(test); if (k >= 0) return k; }
    return -1;
  };
  $('find').addEventListener('input', () => {
    const text = $('find').value, k = find(text);
    choose(k);
    if (k >= 0 && seen(k)) { roam(k); show(k); }
    const found = k < 0 ? 'Nothing here answers to that name.' : 'Found ' + species[k].id + (seen(k) ? '' : ', which is not shown: Enter shows all');
    $('status').textContent = text.trim() ? found : '';
  });
  $('controls').addEventListener('submit', event => { event.preventDefault(); if (chosen >= 0) go(chosen); });
  $('scenario').addEventListener('change', () => {
    const now = story();
    $('step').max = now ? now.steps.length : 0;
    $('step').value = $('step').max;
    paint();
  });
  $('other').addEventListener('change', paint);
  if (first) $('view').addEventListener('change', look);
  $('step').addEventListener('input', paint);
  $('light').addEventListener('change', () => choose(chosen));
  addEventListener('keydown', event => { if (event.key === 'Escape') choose(-1); });
  $('copy').addEventListener('click', () => {
    const done = () => { $('copied').textContent = 'copied'; };
    const select = () => { getSelection().selectAllChildren($('command')); $('copied').textContent = 'selected: copy it with the keyboard'; };
    if (navigator.clipboard) navigator.clipboard.writeText($('command').textContent).then(done, select); else select();
  });

  nodes.forEach(node => { node.setAttribute('tabindex', '-1'); node.setAttribute('aria-pressed', 'false'); });
  showing();
  roam(nodes.findIndex((_, k) => seen(k)));
  current = -1;
  $('step').max = story() ? story().steps.length : 0;
  $('step').value = $('step').max;
  scale(Math.max(Math.min($('map').clientWidth / wide, 1), 0.62));
  $('map').scrollLeft = $('map').scrollTop = 0;
  paint();
})();
