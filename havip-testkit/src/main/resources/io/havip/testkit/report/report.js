'use strict';
(() => {
  const chart = document.getElementById('chart');
  const plot = document.getElementById('plot');
  const chain = document.getElementById('chain');
  const axis = document.getElementById('axis');
  const end = Number(plot.dataset.end);
  const records = new Map();
  const effects = new Map();
  for (const line of document.getElementById('trace').textContent.split('\n')) {
    const [number, nanos, host, kind, cause, detail] = line.split('\t');
    if (detail === undefined) continue;
    records.set(number, { number, nanos: Number(nanos), host, kind, cause,
      detail: detail.replaceAll('\\u003c', '<') });
    if (cause !== '0') {
      if (!effects.has(cause)) effects.set(cause, []);
      effects.get(cause).push(number);
    }
  }
  const things = [...plot.querySelectorAll('.e')];
  const drawn = new Map();
  for (const thing of things) {
    for (const number of [thing.dataset.r, thing.dataset.q]) {
      if (!number) continue;
      if (!drawn.has(number)) drawn.set(number, []);
      drawn.get(number).push(thing);
    }
  }
  things.sort((a, b) => a.dataset.t - b.dataset.t);
  let zoom = 0;
  let now = null;
  let place = null;

  const seconds = nanos => (nanos / 1e9).toFixed(6) + ' s';

  function chainOf(number) {
    const found = [];
    for (let r = records.get(number); r && found.length < 200; r = records.get(r.cause)) found.unshift(r);
    return found;
  }

  function element(name, style, text) {
    const made = document.createElement(name);
    made.className = style;
    made.textContent = text;
    return made;
  }

  /** Shows what led to a record, and marks it in the drawing. */
  function show(thing, number) {
    for (const hot of plot.querySelectorAll('.hot, .now')) hot.classList.remove('hot', 'now');
    chain.replaceChildren();
    if (thing) {
      thing.classList.add('now');
      const words = thing.dataset.d;
      chain.append(element('p', 'head', seconds(Number(thing.dataset.t)) + (words ? '  ' + words : '')));
    }
    const list = element('ol', '', '');
    const causes = chainOf(number);
    for (const record of causes) {
      list.append(element('li', '', `${seconds(record.nanos).padStart(14)}  ${record.host.padEnd(8)} ${record.kind.padEnd(7)} ${record.detail}`));
      for (const part of drawn.get(record.number) || []) part.classList.add('hot');
    }
    chain.append(list);
    if (number && causes.length === 0) chain.append(element('p', 'then', 'The trace does not hold what led to it.'));
    const after = effects.get(number) || [];
    if (after.length) chain.append(element('p', 'then', `It led to ${after.length} more: ` +
        after.slice(0, 3).map(n => `${records.get(n).host} ${records.get(n).detail}`).join('; ') + (after.length > 3 ? '; …' : '')));
    chain.scrollTop = 0;
  }

  /** A finding has no record of its own; its chain is that of the last thing before it. */
  function recordOf(thing) {
    if (thing.dataset.q && records.has(thing.dataset.q)) return thing.dataset.q;
    if (thing.dataset.r) return thing.dataset.r;
    let last = '0';
    if (thing.classList.contains('finding')) {
      for (const part of things) {
        const weighs = part.classList.contains('overlap') || part.classList.contains('bar');
        if (weighs && part.dataset.r && Number(part.dataset.t) <= Number(thing.dataset.t)) last = part.dataset.r;
      }
    }
    return last;
  }

  function pick(thing) {
    now = thing;
    place = recordOf(thing);
    show(thing, place);
  }

  const visible = thing => thing.getClientRects().length > 0;

  function go(thing) {
    if (!thing) return;
    const from = thing.getBoundingClientRect();
    const frame = chart.getBoundingClientRect();
    if (from.left < frame.left + 180 || from.left > frame.right - 20) chart.scrollLeft += from.left - frame.left - frame.width / 2;
    thing.focus({ preventScroll: true });
    pick(thing);
  }

  function step(by) {
    const seen = things.filter(visible);
    const at = now ? seen.indexOf(now) : by > 0 ? -1 : seen.length;
    go(seen[at + by]);
  }

  function follow(number) {
    if (!records.has(number)) return;
    const thing = (drawn.get(number) || []).find(visible);
    if (thing) {
      now = thing;
      thing.focus({ preventScroll: true });
    }
    place = number;
    show(thing || null, number);
  }

  function ticks() {
    const width = plot.getBoundingClientRect().width;
    const rough = 90 / width * end;
    const unit = 10 ** Math.floor(Math.log10(rough));
    const apart = unit * [1, 2, 5, 10].find(n => n * unit >= rough);
    const from = Math.max(0, Math.floor((chart.scrollLeft - 200) / width * end / apart));
    const to = Math.min(Math.floor(end / apart), Math.ceil((chart.scrollLeft + chart.clientWidth) / width * end / apart));
    const digits = Math.max(0, -Math.floor(Math.log10(apart / 1e9)));
    axis.replaceChildren();
    for (let n = from; n <= to; n++) {
      const x = n * apart / end * 100 + '%';
      const line = document.createElementNS(plot.namespaceURI, 'line');
      line.setAttribute('class', 'grid');
      line.setAttribute('x1', x);
      line.setAttribute('x2', x);
      line.setAttribute('y1', 20);
      line.setAttribute('y2', '100%');
      const text = document.createElementNS(plot.namespaceURI, 'text');
      text.setAttribute('class', 'tick');
      text.setAttribute('x', x);
      text.setAttribute('y', 14);
      text.setAttribute('text-anchor', n === 0 ? 'start' : 'middle');
      if (n * apart / end > 1 - 30 / width) text.setAttribute('text-anchor', 'end');
      text.textContent = (n * apart / 1e9).toFixed(digits) + ' s';
      axis.append(line, text);
    }
  }

  function setZoom(level, centre) {
    const before = plot.getBoundingClientRect().width;
    const middle = centre ?? chart.clientWidth / 2;
    const share = (chart.scrollLeft + middle - 176) / before;
    zoom = Math.max(0, Math.min(8, level));
    plot.style.setProperty('--zoom', 2 ** zoom);
    for (let n = 1; n <= 8; n++) plot.classList.toggle('s' + n, n <= zoom);
    chart.scrollLeft = share * plot.getBoundingClientRect().width + 176 - middle;
    ticks();
  }

  const keys = {
    ArrowRight: () => step(1), ArrowLeft: () => step(-1),
    ArrowUp: () => place && follow(records.get(place)?.cause),
    ArrowDown: () => place && follow((effects.get(place) || [])[0]),
    '+': () => setZoom(zoom + 1), '=': () => setZoom(zoom + 1), '-': () => setZoom(zoom - 1),
    0: () => setZoom(0),
  };
  document.addEventListener('keydown', event => {
    const action = keys[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  plot.addEventListener('focusin', event => {
    const thing = event.target.closest('.e');
    if (thing && thing !== now) pick(thing);
  });
  plot.addEventListener('mousemove', event => {
    let thing = event.target.closest('.e');
    for (const off of thing ? [] : [-3, 3, -5, 5]) {
      thing = thing || document.elementFromPoint(event.clientX + off, event.clientY)?.closest('.e');
    }
    if (thing && thing !== now && plot.contains(thing)) pick(thing);
  });
  chart.addEventListener('wheel', event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    setZoom(zoom + (event.deltaY < 0 ? 1 : -1), event.clientX - chart.getBoundingClientRect().left);
  }, { passive: false });
  chart.addEventListener('scroll', ticks);
  addEventListener('resize', ticks);
  setZoom(0);
})();
