import { get } from './api.js';
import { announce, field, fill, h, keepFocus, notice, setText, table, tellTrouble } from './dom.js';
import { openDialog } from './dialog.js';
import { totals } from './figures.js';
import { every } from './live.js';
import { count, rate, whole } from './text.js';

/** The view of all domains. */
export function domains(parts, signal) {
  const filter = h('input', { type: 'search', class: 'filter', placeholder: 'Filter', 'aria-label': 'Filter domains' });
  const shown = h('span', { class: 'muted' });
  const trouble = h('div', { class: 'trouble' });
  const body = h('div', { class: 'panel' }, h('p', { class: 'muted' }, 'Asking …'));
  const rows = new Map();
  let listed = null;

  function choose() {
    const words = filter.value.toLowerCase().split(/\s+/);
    let seen = 0;
    for (const row of rows.values()) {
      row.element.hidden = !words.every((word) => row.text.includes(word));
      seen += row.element.hidden ? 0 : 1;
    }
    setText(shown, seen === rows.size ? count(seen, 'domain') : `${whole(seen)} of ${count(rows.size, 'domain')}`);
  }

  filter.addEventListener('input', () => {
    choose();
    announce(shown.textContent);
  });
  every(2000, signal, async () => {
    const [figures, status] = await Promise.all([totals(signal), get('status', signal)]);
    if (listed !== status.version) {
      await list();
      listed = status.version;
    }
    rows.forEach((each) => show(each, figures?.[each.name]));
  }, (error) => tellTrouble(trouble, error));
  return h('div', {},
    h('div', { class: 'head' },
      h('h1', { tabindex: '-1' }, 'Domains'),
      shown,
      h('span', { class: 'grow' }),
      filter,
      h('button', { type: 'button', click: () => askName(rows) }, 'Add a domain …')),
    trouble,
    body);

  async function list() {
    const documents = await get('domain', signal);
    rows.clear();
    for (const [name, document] of Object.entries(documents)) {
      rows.set(name, row(name, document));
    }
    keepFocus(body, () => fill(body, rows.size === 0
      ? h('p', { class: 'muted' }, 'No domain is configured yet.')
      : h('div', { class: 'scroll' }, table('Domains',
        ['Domain', '#Rules', 'Leads to', '#Requests', '#Errors', '#Rate'], [...rows.values()].map((each) => each.element)))));
    choose();
  }
}

function row(name, document) {
  const rules = Object.values(document.rules ?? {});
  const upstreams = [...new Set(rules.map((rule) => rule.args?.servername).filter(Boolean))].sort();
  const requests = h('td', { class: 'number' });
  const errors = h('td', { class: 'number' });
  const perSecond = h('td', { class: 'number' });
  const element = h('tr', { 'data-domain': name },
    h('th', { scope: 'row' }, h('a', { href: `#/domain/${encodeURIComponent(name)}` }, name)),
    h('td', { class: 'number' }, whole(rules.length)),
    h('td', { class: 'muted cut' }, upstreams.join(', ')),
    requests,
    errors,
    perSecond);
  return { name, element, text: `${name} ${upstreams.join(' ')}`.toLowerCase(), requests, errors, perSecond };
}

function show(each, figures) {
  setText(each.requests, figures ? whole(figures.requests) : '–');
  setText(each.errors, figures ? whole(figures.errors) : '–');
  setText(each.perSecond, figures ? rate(figures.rate) : '–');
  each.errors.classList.toggle('some', figures?.errors > 0);
}

function askName(known) {
  const input = h('input', { required: true, spellcheck: 'false', autocomplete: 'off', class: 'wide' });
  const refused = h('div', { role: 'alert' });
  const dialog = openDialog('Add a domain', h('form', {
    submit: (event) => {
      event.preventDefault();
      const name = input.value.trim();
      if (known.has(name)) {
        fill(refused, notice('bad', `${name} is there already.`));
        return;
      }
      dialog.close();
      location.hash = `#/domain/${encodeURIComponent(name)}/rules`;
    },
  },
  field('Name', input, 'A host such as www.example, *.example for all below it, or * for every other.'),
  refused,
  h('div', { class: 'actions' },
    h('button', { type: 'button', click: () => dialog.close() }, 'Cancel'),
    h('button', { class: 'primary' }, 'Write its rules'))));
}
