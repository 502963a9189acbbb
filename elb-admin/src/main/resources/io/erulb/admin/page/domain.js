import { call, get, isAbort, segment } from './api.js';
import { fill, h, notice, setText, tellTrouble, update } from './dom.js';
import { editor } from './editor.js';
import { Explain } from './explain.js';
import { graphOf, requestsOf, shapeOf } from './figures.js';
import { checkList } from './findings.js';
import { Drawing } from './graph.js';
import { changeList } from './history.js';
import { every } from './live.js';
import { RuleTable, ruleDetails, ruleFigures } from './rules.js';
import { count, rate } from './text.js';

const TABS = [['graph', 'Graph', ''], ['rules', 'Rules', '/rules'], ['history', 'History', '/history']];

/** The view of one domain. */
export function domain([name, tab = 'graph'], signal) {
  const address = `#/domain/${encodeURIComponent(name)}`;
  const meta = h('span', { class: 'muted' });
  return h('div', { class: 'domain' },
    h('p', { class: 'crumbs' }, h('a', { href: '#/domains' }, 'Domains')),
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, name), meta),
    h('nav', { class: 'tabs', 'aria-label': `Views of ${name}` }, h('ul', {}, TABS.map(([key, word, rest]) =>
      h('li', {}, h('a', { href: address + rest, 'aria-current': key === tab ? 'page' : null }, word))))),
    content(name, tab, meta, signal));
}

function content(name, tab, meta, signal) {
  switch (tab) {
    case 'rules': return editor(name, signal);
    case 'history': return changeList({ domain: name }, signal);
    default: return new GraphTab(name, meta, signal).element;
  }
}

/** The graph of a domain, what passes along it, and what can be asked of it. */
class GraphTab {
  #name;
  #meta;
  #signal;
  #explain;
  #graph = null;
  #shape = null;
  #linted = null;
  #chosen = null;
  #table = null;
  #lit = [];
  #drawing = new Drawing((rule) => this.#choose(rule));
  #rules = h('div', {});
  #details = h('div', { 'aria-live': 'polite' });
  // Beside the details, which are read out when they change.
  #counts = h('div', {});
  #checks = h('div', {});
  #trouble = h('div', { class: 'trouble' });

  constructor(name, meta, signal) {
    this.#name = name;
    this.#meta = meta;
    this.#signal = signal;
    this.#explain = new Explain(name, (steps) => this.#light(steps), signal);
    const drawn = h('section', { class: 'panel graph', 'aria-label': 'Graph' }, this.#trouble, this.#drawing.element);
    this.element = h('div', { class: 'beside' },
      h('div', { class: 'stack' },
        drawn,
        h('section', { class: 'panel' }, h('h2', {}, 'Rules'), this.#rules)),
      h('div', { class: 'stack' },
        this.#explain.element,
        h('section', { class: 'panel' }, this.#details, this.#counts),
        this.#checks));
    this.#detail();
    every(1000, signal, () => this.#refresh(), (error) => tellTrouble(this.#trouble, error));
  }

  async #refresh() {
    const graph = await graphOf(this.#name, this.#signal);
    this.#lintOnce(graph);
    if (graph === null) {
      this.#gone();
      return;
    }
    this.#graph = graph;
    const shape = shapeOf(graph);
    if (shape !== this.#shape) {
      await this.#draw(graph);
      this.#shape = shape;
    }
    this.#drawing.update(graph);
    this.#table.update(graph);
    this.#figures();
    this.#detail();
  }

  #gone() {
    this.#graph = null;
    this.#shape = null;
    this.#table = null;
    this.#drawing.clear();
    setText(this.#meta, '');
    update(this.#rules, notice('', 'This server has no graph of this domain.'));
    this.#detail();
  }

  async #draw(graph) {
    const { text } = await call('GET', `graph/${segment(this.#name)}?format=svg`, { signal: this.#signal });
    this.#drawing.draw(text, graph);
    this.#table = new RuleTable(graph, (rule) => this.#choose(rule));
    fill(this.#rules, this.#table.element);
    this.#light(this.#lit);
    this.#drawing.mark(this.#chosen);
  }

  #figures() {
    const all = requestsOf(this.#graph);
    setText(this.#meta, all
      ? [count(all.count, 'request'), all.rate !== null && rate(all.rate)].filter(Boolean).join(', ')
      : 'requests are not counted on this server');
  }

  #choose(rule) {
    this.#chosen = rule;
    this.#drawing.mark(rule);
    this.#detail();
    this.#details.scrollIntoView({ block: 'nearest' });
  }

  #detail() {
    if (this.#graph === null || this.#chosen === null) {
      update(this.#details,
        h('p', { class: 'muted' }, 'Choose a rule in the drawing to see its arguments and counts.'));
      fill(this.#counts);
      return;
    }
    update(this.#details, h('h2', {}, `Rule ${this.#chosen}`), ruleDetails(this.#graph, this.#chosen));
    update(this.#counts, ruleFigures(this.#graph, this.#chosen));
  }

  #light(steps) {
    this.#lit = steps;
    this.#drawing.light(steps);
    this.#table?.light(steps);
  }

  /** Asks what is odd once for all that comes into force. */
  #lintOnce(graph) {
    const now = graph === null ? 'none' : `${graph.version} ${graph.revision}`;
    if (this.#linted !== now) {
      this.#linted = now;
      this.#lint();
    }
  }

  /** What is odd about the rules in force. A domain that is not there has nothing odd. */
  async #lint() {
    try {
      const all = await get(`lint?domain=${encodeURIComponent(this.#name)}`, this.#signal);
      const checks = { errors: [], findings: [], problems: [], ...all[this.#name] };
      const found = h('div', {}, checks.errors.length + checks.findings.length > 0 && this.#findings(checks));
      // Most that comes into force is of other domains; what stands there may have the focus.
      if (!found.isEqualNode(this.#checks)) {
        fill(this.#checks, ...found.childNodes);
      }
    } catch (error) {
      if (!isAbort(error) && error.status !== 404) {
        this.#linted = null;
        fill(this.#checks, notice('bad', error.message));
      }
    }
  }

  #findings(checks) {
    return h('section', { class: 'panel' },
      h('h2', {}, 'Findings'),
      checks.errors.length > 0 && h('p', { class: 'muted' }, 'What the store has for this domain is not in force.'),
      checkList(checks, { explain: (request) => this.#explain.ask(request), locate: (rule) => this.#choose(rule) }));
  }
}
