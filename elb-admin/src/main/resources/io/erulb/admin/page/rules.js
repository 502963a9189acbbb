import { h, setText, table } from './dom.js';
import { edgeKey } from './figures.js';
import { percent, rate, whole } from './text.js';

/** The same as the drawing as a table, for those who would rather read, with figures that change in place. */
export class RuleTable {
  #counts = new Map();
  #edges = new Map();
  #rows = new Map();

  /**
   * @param {Object} graph
   * @param {(rule: string) => void} select
   */
  constructor(graph, select) {
    const away = new Map(graph.edges.map((edge) => [edgeKey(edge.from, edge.edge), edge]));
    const rows = graph.rules.map((rule) => {
      const count = h('td', { class: 'number' });
      this.#counts.set(rule.rule, count);
      const row = h('tr', {},
        h('th', { scope: 'row' },
          h('button', { type: 'button', class: 'link', click: () => select(rule.rule) }, rule.rule), ' ',
          rule.rule === graph.init && h('span', { class: 'tag' }, 'first'), ' ',
          rule.reachable === false && h('span', { class: 'tag warn' }, 'never reached')),
        h('td', {}, rule.type),
        h('td', { class: 'cut mono' }, argumentsOf(rule)),
        ['succ', 'fail'].map((edge) => this.#edge(away.get(edgeKey(rule.rule, edge)))),
        count);
      this.#rows.set(rule.rule, row);
      return row;
    });
    this.element = h('div', { class: 'scroll' },
      table(`Rules of ${graph.domain}`, ['Rule', 'Type', 'Arguments', 'succ', 'fail', '#Requests'], rows));
    this.update(graph);
  }

  #edge(edge) {
    if (!edge) {
      return h('td', { class: 'muted' }, '–');
    }
    const figures = h('span', { class: 'muted after' });
    this.#edges.set(edgeKey(edge.from, edge.edge), figures);
    return h('td', {}, edge.to ?? '403', ' ', figures);
  }

  /** Shows the figures as they are now. */
  update(graph) {
    for (const edge of graph.edges) {
      const figures = this.#edges.get(edgeKey(edge.from, edge.edge));
      if (figures) {
        setText(figures, graph.counting ? `${whole(edge.count)} · ${percent(edge.share)}` : '');
      }
    }
    graph.rules.forEach((rule) => setText(this.#counts.get(rule.rule), graph.counting ? whole(rule.count) : '–'));
  }

  /** Lights up the way of a request. */
  light(steps) {
    const lit = new Set(steps.map((step) => step.rule));
    this.#rows.forEach((row, rule) => row.classList.toggle('lit', lit.has(rule)));
  }
}

function argumentsOf(rule) {
  return Object.entries(rule.args ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** What one rule is, whatever comes along. */
export function ruleDetails(graph, name) {
  const rule = graph.rules.find((each) => each.rule === name);
  if (!rule) {
    return h('p', { class: 'muted' }, 'This rule is gone.');
  }
  const args = Object.entries(rule.args ?? {});
  return h('div', {},
    h('dl', { class: 'facts' },
      fact('Type', rule.type),
      rule.reachable === false && fact('Reached', 'never: no edge leads here')),
    args.length > 0 && h('dl', { class: 'arguments' }, args.map(([key, value]) => h('div', {},
      h('dt', {}, key),
      h('dd', {}, h('code', {}, typeof value === 'string' ? value : JSON.stringify(value)))))));
}

/** What came to one rule, and where it went. */
export function ruleFigures(graph, name) {
  const rule = graph.rules.find((each) => each.rule === name);
  return rule && [
    graph.counting && h('dl', { class: 'facts' }, fact('Requests', whole(rule.count))),
    graph.edges.filter((edge) => edge.from === name).map((edge) => edgeDetails(edge, graph.counting)),
  ];
}

function edgeDetails(edge, counting) {
  return h('p', { class: 'edge-line' },
    h('span', { class: `edge-mark ${edge.edge}` }, edge.edge),
    h('strong', {}, edge.to ?? 'nowhere (403)'),
    counting && h('span', { class: 'muted after' }, figuresOf(edge)));
}

function figuresOf(edge) {
  if (edge.count === 0) {
    return edge.since === undefined ? 'not taken' : `not taken since version ${whole(edge.since)}`;
  }
  const errors = edge.errors > 0 ? `, ${whole(edge.errors)} answered with an error` : '';
  return `${whole(edge.count)} requests, ${percent(edge.share)}, ${rate(edge.rate)}${errors}`;
}

function fact(name, value) {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value));
}
