import { isAbort, post } from './api.js';
import { announce, field, fill, h, notice } from './dom.js';
import { sentenceOf } from './findings.js';
import { stateOf } from './upstreams.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A form that asks why a request goes where it goes, and what comes of it. */
export class Explain {
  #domain;
  #show;
  #signal;
  #method = h('select', {}, METHODS.map((name) => h('option', {}, name)));
  #url = h('input', { required: true, spellcheck: 'false', autocomplete: 'off', class: 'wide mono' });
  #headers = h('textarea', { rows: '2', spellcheck: 'false', class: 'wide mono' });
  #client = h('input', { spellcheck: 'false', autocomplete: 'off', class: 'wide mono', placeholder: '127.0.0.1' });
  #result = h('div', { class: 'explanation' });

  /**
   * @param {string} domain
   * @param {(steps: Array) => void} show told of the way that a request takes
   * @param {AbortSignal} signal
   */
  constructor(domain, show, signal) {
    this.#domain = domain;
    this.#show = show;
    this.#signal = signal;
    this.#url.value = `http://${domain.replace(/^\*(\.|$)/, 'any$1')}/`;
    this.element = h('section', { class: 'panel' },
      h('h2', {}, 'Explain a request'),
      h('form', { submit: (event) => { event.preventDefault(); this.#ask(); } },
        h('div', { class: 'together' }, field('Method', this.#method), field('URL', this.#url)),
        field('Headers', this.#headers, 'One a line: Name: value'),
        field("Client's address", this.#client),
        h('div', { class: 'actions' },
          h('button', { type: 'button', click: () => this.#clear() }, 'Clear'),
          h('button', { class: 'primary' }, 'Explain'))),
      this.#result);
  }

  /** Asks about a request that somebody else thought of. */
  ask(request) {
    this.#method.value = request.method ?? 'GET';
    this.#url.value = request.url;
    this.#headers.value = Object.entries(request.headers ?? {})
      .flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`)).join('\n');
    this.#client.value = request.client ?? '';
    this.element.scrollIntoView({ block: 'nearest' });
    return this.#ask();
  }

  async #ask() {
    try {
      const request = this.#request();
      const answer = await post('explain', request, this.#signal);
      fill(this.#result, h('p', { class: 'asked mono muted' }, sentenceOf(request)), explanation(answer, this.#domain));
      this.#show(answer.domain === this.#domain ? answer.steps : []);
      announce(`The way is ${answer.path || 'none'}. ${outcomeOf(answer.decision)}`);
    } catch (error) {
      if (!isAbort(error)) {
        this.#show([]);
        fill(this.#result, h('div', { role: 'alert' }, notice('bad', error.message)));
      }
    }
  }

  #request() {
    const request = { method: this.#method.value, url: this.#url.value.trim() };
    const headers = headersOf(this.#headers.value);
    if (Object.keys(headers).length > 0) {
      request.headers = headers;
    }
    if (this.#client.value.trim()) {
      request.client = this.#client.value.trim();
    }
    return request;
  }

  #clear() {
    this.#headers.value = '';
    this.#client.value = '';
    this.#method.value = 'GET';
    fill(this.#result);
    this.#show([]);
    this.#url.focus();
  }
}

/** Lines of a head as the API has them: an array for a name that stands several times. */
function headersOf(text) {
  const headers = {};
  for (const line of text.split('\n').filter((each) => each.trim())) {
    const colon = line.indexOf(':');
    if (colon < 1) {
      throw new Error(`${line} is no header. Expected is Name: value.`);
    }
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    headers[name] = Object.hasOwn(headers, name) ? [headers[name], value].flat() : value;
  }
  return headers;
}

function explanation(answer, shown) {
  return [
    answer.domain !== shown && notice('warn', answer.domain
      ? `This request is not for ${shown}: ${answer.domain} takes it.` : 'No domain takes this request.'),
    answer.path && h('p', { class: 'outcome' }, 'Way ', h('code', { class: 'way' }, answer.path),
      h('span', { class: 'muted after' }, `${answer.domain}, ${answer.matched}`)),
    h('ol', { class: 'steps' }, (answer.steps ?? []).map(step)),
    decision(answer.decision),
  ];
}

function step(each) {
  return h('li', {},
    h('p', {},
      h('strong', {}, each.rule), ' ', h('span', { class: 'muted' }, each.type),
      each.edge && h('span', { class: `edge-mark ${each.edge}` }, each.edge),
      each.edge && h('span', { class: 'muted after' }, each.next ? `to ${each.next}` : 'to nowhere')),
    seen(each),
    each.rewritten !== undefined && h('p', { class: 'seen' }, 'The path is ', h('code', {}, each.rewritten), ' from here on.'));
}

/** What a filter saw and what it thought of it. */
function seen(each) {
  const captures = Object.entries(each.captures ?? {});
  if (each.outcome === 'gave_up' || each.outcome === 'failed') {
    return h('p', { class: 'seen' }, each.outcome === 'failed' ? 'The filter failed.' : 'The pattern took too many steps.');
  }
  return each.matched !== undefined && h('p', { class: 'seen' },
    each.value === undefined || each.value === null ? 'Nothing is there' : h('code', {}, each.value),
    each.pattern === undefined || each.pattern === null
      ? (each.matched ? ' matches' : ' does not match')
      : [each.matched ? ' matches ' : ' does not match ', h('code', {}, each.pattern)],
    captures.length > 0 && [', captures ', h('code', {}, captures.map(([name, value]) => `${name}=${value}`).join(', '))]);
}

function decision(made) {
  return h('div', { class: 'decision' },
    h('p', {}, h('strong', {}, outcomeOf(made)), made.reason && h('span', { class: 'muted after' }, made.reason)),
    made.servers && h('ul', { class: 'plain-list' }, made.servers.map((server) => h('li', {},
      h('code', {}, server.addr),
      h('span', { class: 'after' }, stateOf(server.state)),
      h('span', { class: 'muted after' }, server.candidate ? 'may get it' : `will not get it: ${server.why ?? ''}`)))));
}

function outcomeOf(made) {
  if (made.upstream !== undefined) {
    return `Upstream ${made.upstream}, path ${made.path}`;
  }
  return `Status ${made.status}${made.location ? `, to ${made.location}` : ''}`;
}
