import { edgeKey } from './figures.js';
import { h, setText } from './dom.js';
import { count, percent, rate, short } from './text.js';

const SVG = 'http://www.w3.org/2000/svg';
const ELEMENTS = new Set(['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan',
  'defs', 'marker']);
const ATTRIBUTES = new Set(['viewBox', 'width', 'height', 'transform', 'd', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx',
  'dy', 'cx', 'cy', 'r', 'rx', 'ry', 'points', 'id', 'refX', 'refY', 'orient', 'markerWidth', 'markerHeight',
  'markerUnits', 'marker-end', 'marker-start', 'text-anchor', 'dominant-baseline', 'data-rule', 'data-from', 'data-edge',
  'data-to', 'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-family']);
/** What the looks go by; a type of rule may have any name, that of a class of the page among them. */
const CLASSES = new Set(['rule', 'filter', 'terminal', 'backend', 'redirect', 'rate', 'concurrency', 'unreachable', 'idle',
  'box', 'bar', 'name', 'type', 'detail', 'edge', 'succ', 'fail', 'never', 'line', 'head', 'figure', 'sign', 'flow',
  'errors', 'start', 'dead-end', 'paper', 'heading', 'summary']);
const MARGIN = 8;
const THIN = 1.5;
const THICK = 6;
const ZOOMS = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.6, 2];

/**
 * The rules of a domain, drawn, with figures on the edges that change in place.
 *
 * One rule at a time can be reached by Tab; the arrow keys lead along its edges: down by succ, right by fail, up and left
 * back to where it is reached from.
 */
export class Drawing {
  #select;
  #svg = null;
  #nodes = new Map();
  #edges = new Map();
  #graph = null;
  #scale = null;
  #frame = h('div', { class: 'canvas' });

  /** @param {(rule: string) => void} select told of the rule that a reader wants to know more of */
  constructor(select) {
    this.#select = select;
    this.element = h('div', { class: 'drawing' },
      h('div', { class: 'zoom', role: 'group', 'aria-label': 'Size of the drawing' },
        h('button', { type: 'button', 'aria-label': 'Smaller', click: () => this.#step(-1) }, '−'),
        h('button', { type: 'button', click: () => this.#fit() }, 'Fit'),
        h('button', { type: 'button', 'aria-label': 'Larger', click: () => this.#step(1) }, '+')),
      this.#frame);
  }

  /**
   * Puts a drawing in.
   *
   * @param {string} text an SVG document, of which only what draws is taken over
   * @param {Object} graph of which it is
   */
  draw(text, graph) {
    // Its own style is for images that stand alone, and the policy would complain of it.
    const bare = text.replace(/<style[^>]*>[^<]*<\/style>/g, '');
    this.#svg = copied(new DOMParser().parseFromString(bare, 'image/svg+xml').documentElement);
    this.#svg.setAttribute('role', 'group');
    this.#svg.setAttribute('aria-label', `Rules of ${graph.domain}, drawn`);
    this.#nodes = new Map([...this.#svg.querySelectorAll('.rule')].map((node) => [node.dataset.rule, node]));
    this.#edges = new Map([...this.#svg.querySelectorAll('.edge')]
      .map((edge) => [edgeKey(edge.dataset.from, edge.dataset.edge), edge]));
    this.#graph = graph;
    this.#edges.forEach((edge, key) => this.#edges.set(key, new DrawnEdge(edge)));
    graph.rules.forEach((rule) => this.#prepare(rule));
    this.#reachable(graph.init);
    this.#frame.replaceChildren(this.#svg);
    this.#crop();
    this.#fit();
    this.update(graph);
  }

  /** Takes the drawing out. */
  clear() {
    this.#svg = null;
    this.#nodes.clear();
    this.#edges.clear();
    this.#frame.replaceChildren();
  }

  /** Leaves out the room of what is not shown here, such as a heading. */
  #crop() {
    const { x, y, width, height } = this.#svg.getBBox();
    this.#svg.setAttribute('viewBox', [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].join(' '));
    this.#svg.removeAttribute('height');
  }

  #prepare(rule) {
    const node = this.#nodes.get(rule.rule);
    if (node) {
      node.setAttribute('role', 'button');
      node.setAttribute('tabindex', '-1');
      node.setAttribute('aria-label', `Rule ${rule.rule}, ${rule.type}`);
      node.addEventListener('click', () => this.#chosen(rule.rule));
      node.addEventListener('keydown', (event) => this.#key(event, rule.rule));
    }
  }

  #key(event, rule) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#chosen(rule);
      return;
    }
    const next = this.#neighbour(event.key, rule);
    if (next) {
      event.preventDefault();
      this.#reachable(next);
      this.#nodes.get(next).focus();
    }
  }

  #neighbour(key, rule) {
    const edges = this.#graph.edges;
    switch (key) {
      case 'ArrowDown': return edges.find((edge) => edge.from === rule && edge.edge === 'succ')?.to;
      case 'ArrowRight': return edges.find((edge) => edge.from === rule && edge.edge === 'fail')?.to;
      case 'ArrowUp':
      case 'ArrowLeft': return edges.find((edge) => edge.to === rule)?.from;
      case 'Home': return this.#graph.init;
      default: return null;
    }
  }

  #chosen(rule) {
    this.#reachable(rule);
    this.#select(rule);
  }

  /** Makes a rule the one that Tab leads to. */
  #reachable(rule) {
    this.#nodes.forEach((node, name) => node.setAttribute('tabindex', name === rule ? '0' : '-1'));
  }

  /** Marks a rule as the one that is told of beside; null for none. */
  mark(rule) {
    this.#nodes.forEach((node, name) => node.setAttribute('aria-pressed', name === rule ? 'true' : 'false'));
  }

  /** Shows the figures as they are now. */
  update(graph) {
    this.#graph = graph;
    const all = graph.rules.find((rule) => rule.rule === graph.init)?.count ?? 0;
    for (const edge of graph.edges) {
      this.#edges.get(edgeKey(edge.from, edge.edge))?.show(edge, graph.counting, all);
    }
    for (const rule of graph.rules) {
      this.#nodes.get(rule.rule)?.classList.toggle('idle', graph.counting && rule.count === 0 && all > 0);
    }
  }

  /** Lights up the way of a request; nothing for none. */
  light(steps) {
    this.element.classList.toggle('explained', steps.length > 0);
    const rules = new Set(steps.map((step) => step.rule));
    const edges = new Set(steps.map((step) => edgeKey(step.rule, step.edge)));
    this.#nodes.forEach((node, rule) => node.classList.toggle('lit', rules.has(rule)));
    this.#edges.forEach((edge, key) => edge.light(edges.has(key)));
    if (steps.length > 0) {
      this.#bringIntoSight(steps.at(-1).rule);
    }
  }

  /** Scrolls the drawing, and not the page, to a rule. */
  #bringIntoSight(rule) {
    const node = this.#nodes.get(rule)?.getBoundingClientRect();
    const frame = this.#frame.getBoundingClientRect();
    if (node && (node.bottom > frame.bottom || node.top < frame.top)) {
      this.#frame.scrollBy({ top: node.top - frame.top - frame.height / 2 });
    }
    if (node && (node.right > frame.right || node.left < frame.left)) {
      this.#frame.scrollBy({ left: node.left - frame.left - frame.width / 2 });
    }
  }

  #step(by) {
    const now = this.#scale ?? this.#fitting();
    const larger = ZOOMS.filter((zoom) => zoom > now + 0.01);
    const smaller = ZOOMS.filter((zoom) => zoom < now - 0.01);
    this.#scale = by > 0 ? larger[0] ?? ZOOMS.at(-1) : smaller.at(-1) ?? ZOOMS[0];
    this.#resize(this.#scale);
  }

  #fit() {
    this.#scale = null;
    this.#resize(this.#fitting());
  }

  /** As large as there is room for, but so that it can be read. */
  #fitting() {
    const room = this.#frame.clientWidth - 32;
    return room <= 0 ? 1 : Math.min(1.1, Math.max(0.55, room / this.#width()));
  }

  #width() {
    return this.#svg?.viewBox.baseVal.width || 600;
  }

  #resize(scale) {
    if (this.#svg) {
      this.#svg.style.width = `${this.#width() * scale}px`;
      this.#svg.style.height = 'auto';
    }
  }
}

/** An edge of a drawing. */
class DrawnEdge {
  #group;
  #line;
  #share = document.createTextNode('');
  #flow = document.createElementNS(SVG, 'tspan');
  #errors = document.createElementNS(SVG, 'tspan');

  constructor(group) {
    this.#group = group;
    this.#line = group.querySelector('.line');
    group.setAttribute('aria-hidden', 'true');
    const figure = group.querySelector('.figure');
    const sign = figure?.querySelector('.sign');
    const x = figure?.getAttribute('x') ?? 0;
    for (const [part, name, down] of [[this.#flow, 'flow', 13], [this.#errors, 'errors', 12]]) {
      part.setAttribute('class', name);
      part.setAttribute('x', x);
      part.setAttribute('dy', down);
    }
    figure?.replaceChildren(...(sign ? [sign] : []), this.#share, this.#flow, this.#errors);
  }

  /** @param {number} all how many requests came to the first rule */
  show(edge, counting, all) {
    const never = counting && all > 0 && edge.count === 0;
    this.#group.classList.toggle('never', never);
    this.#group.classList.toggle('busy', counting && edge.rate > 0);
    // More than all may have come before another rule became the first.
    const share = all > 0 && counting ? Math.min(1, edge.count / all) : 0;
    this.#line?.setAttribute('stroke-width', THIN + (THICK - THIN) * share);
    const taken = counting && edge.count > 0;
    setText(this.#share, taken ? ` ${percent(edge.share)}` : never ? ' never' : '');
    setText(this.#flow, taken ? [short(edge.count), edge.rate > 0 && rate(edge.rate)].filter(Boolean).join(' · ') : '');
    setText(this.#errors, taken && edge.errors > 0 ? count(edge.errors, 'error') : '');
  }

  light(on) {
    this.#group.classList.toggle('lit', on);
  }
}

/** Takes over what draws: no script, style, link or handler, whoever made the text. */
function copied(node) {
  const copy = document.createElementNS(SVG, node.localName);
  for (const attribute of node.attributes) {
    if (ATTRIBUTES.has(attribute.name) && !/url\((?!#)/.test(attribute.value)) {
      copy.setAttribute(attribute.name, attribute.value);
    }
  }
  copy.classList.add(...[...node.classList].filter((name) => CLASSES.has(name)));
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      copy.append(child.data);
    } else if (child.nodeType === Node.ELEMENT_NODE && ELEMENTS.has(child.localName)) {
      copy.append(copied(child));
    }
  }
  return copy;
}
