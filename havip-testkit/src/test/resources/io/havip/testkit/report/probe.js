// Measures the page after it has been drawn and writes what it found into an element of its own.
const errors = [];
addEventListener('error', event => errors.push(event.message));
addEventListener('load', () => {
  const facts = document.createElement('aside');
  facts.id = 'probe';
  const boxOf = node => node.getBoundingClientRect();
  const seen = node => node.getClientRects().length > 0;
  // A text in a nested svg is cut off at its edge.
  const textBox = node => {
    const box = boxOf(node);
    const frame = node.closest('svg svg');
    if (!frame) return box;
    const x = frame.x.baseVal.value + boxOf(document.getElementById('plot')).left;
    return { left: box.left, top: box.top, bottom: box.bottom,
      right: Math.min(box.right, x + frame.width.baseVal.value) };
  };
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const collisions = (nodes, box) => {
    const boxes = nodes.map(node => [node, box(node)]).filter(([, b]) => b.right - b.left > 1);
    const found = [];
    for (let i = 0; i < boxes.length; i++) {
      for (let j = 0; j < i; j++) {
        if (meet(boxes[i][1], boxes[j][1])) found.push(boxes[i][0].textContent + '|' + boxes[j][0].textContent);
      }
    }
    return found.slice(0, 5).join(', ');
  };
  const plot = document.getElementById('plot');
  const key = name => document.dispatchEvent(new KeyboardEvent('keydown', { key: name }));
  const texts = [...document.querySelectorAll('svg text')].filter(seen);
  facts.dataset.texts = texts.length;
  facts.dataset.labels = collisions(texts, textBox);
  facts.dataset.lanes = collisions([...document.querySelectorAll('.lane')], boxOf);
  const things = [...plot.querySelectorAll('.e')];
  facts.dataset.things = things.length;
  facts.dataset.shown = things.filter(seen).length;
  const words = document.querySelector('.findings li');
  const mark = plot.querySelector('.finding.e');
  const inView = node => boxOf(node).top >= 0 && boxOf(node).bottom <= innerHeight && boxOf(node).right <= innerWidth;
  facts.dataset.violation = words && mark ? (inView(words) && inView(mark) ? 'in view' : 'out of view') : 'none';
  const fault = plot.querySelector('.tag.band');
  if (fault) {
    fault.focus();
    facts.dataset.chain = document.getElementById('chain').textContent;
  }
  const advert = [...plot.querySelectorAll('.advert')].filter(seen).at(-1);
  if (advert) {
    advert.focus();
    const first = document.querySelectorAll('#chain li').length;
    key('ArrowUp');
    const second = document.querySelectorAll('#chain li').length;
    facts.dataset.walk = first > 1 && second === first - 1 ? 'ok' : first + ' then ' + second;
    key('ArrowLeft');
  }
  for (let n = 0; n < 8; n++) key('+');
  facts.dataset.zoomed = things.filter(seen).length;
  key('0');
  facts.dataset.errors = errors.join('; ');
  document.body.append(facts);
});
