import { call, get, headerText, isAbort } from './api.js';
import { announce, field, fill, h, notice, table } from './dom.js';
import { confirm } from './dialog.js';
import { diffOfLines } from './diff.js';
import { ago, moment } from './text.js';

export const CHANGE_HEADINGS = ['When', 'By', 'What', 'Why', 'Where'];
/** How many changes are listed at first. */
const FIRST = 100;

/** The view of all changes. */
export function history(parts, signal) {
  return h('div', {}, h('h1', { tabindex: '-1' }, 'History'), changeList({}, signal));
}

/**
 * A list of changes, the newest first.
 *
 * @param {Object<string, string>} choice of changes, as the API has it
 * @param {AbortSignal} signal
 */
export function changeList(choice, signal) {
  const list = h('div', { class: 'panel' }, h('p', { class: 'muted' }, 'Asking …'));
  const body = h('div', {}, list);

  async function show(most) {
    const { changes } = await get(`history?${new URLSearchParams({ ...choice, limit: most + 1 })}`, signal);
    const rows = changes.slice(0, most).map(changeRow);
    fill(list, rows.length === 0
      ? h('p', { class: 'muted' }, 'Nothing was changed yet.')
      : h('div', { class: 'scroll' }, table('Changes, the newest first', CHANGE_HEADINGS, rows)));
    fill(body, list, changes.length > most && h('div', { class: 'actions' },
      h('button', { type: 'button', click: () => ask(10 * most).then(() => body.querySelectorAll('a')[most]?.focus()) },
        'Show older ones')));
  }

  function ask(most) {
    return show(most).catch((error) => isAbort(error) || fill(list, notice('bad', error.message)));
  }

  ask(FIRST);
  return body;
}

/** One change as a row of a list. */
export function changeRow(change) {
  return h('tr', {},
    h('th', { scope: 'row' },
      h('a', {
        href: `#/history/${encodeURIComponent(change.id)}`,
        title: moment(change.at),
        'aria-label': `${ago(change.at)}, change ${change.id}`,
      }, ago(change.at))),
    h('td', {}, change.by),
    h('td', { class: 'cut' }, names(change)),
    h('td', { class: 'cut' }, change.message),
    h('td', { class: 'muted' }, change.to));
}

function names(change) {
  return [
    ...change.domains,
    ...change.upstreams.map((name) => `upstream ${name}`),
    ...change.policies.map((name) => `policy ${name}`),
  ].join(', ');
}

/** The view of one change. */
export function pastChange([id], signal) {
  const body = h('div', {}, h('p', { class: 'muted' }, 'Asking …'));
  get(`history/${encodeURIComponent(id)}`, signal).then((change) => {
    fill(body,
      h('dl', { class: 'facts' },
        fact('When', `${moment(change.at)}, ${ago(change.at)}`),
        fact('By', change.by),
        fact('Why', change.message || '–'),
        fact('Where', change.to === 'store' ? 'the store, for all instances' : "this instance's memory")),
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'danger', click: () => rollBack(change, signal) }, 'Roll back …')),
      change.edits.map(edit));
  }).catch((error) => isAbort(error) || fill(body, notice('bad', error.message)));
  return h('div', {},
    h('p', { class: 'crumbs' }, h('a', { href: '#/history' }, 'History')),
    h('h1', { tabindex: '-1' }, `Change ${id}`),
    body);
}

function fact(name, value) {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value));
}

function edit(change) {
  return h('section', { class: 'panel' }, h('h2', {}, title(change)), diffOfLines(change.diff));
}

function title(change) {
  const part = change.server ? `, server ${change.server}` : '';
  const done = change.before === null || change.before === undefined ? 'added'
    : change.after === null || change.after === undefined ? 'removed' : 'changed';
  if (change.domain) {
    return `Rules of ${change.domain} ${done}`;
  }
  return change.upstream ? `Upstream ${change.upstream}${part} ${done}` : `Policy of ${change.policy} ${done}`;
}

/** Shows what taking a change back would do, and does it when that is wanted. */
async function rollBack(change, signal) {
  const target = `rollback/${encodeURIComponent(change.id)}`;
  const why = h('input', { class: 'wide', maxlength: '500', value: `rollback of ${change.id}` });
  const effects = h('div', { class: 'effects' }, 'Asking what it would do …');
  const dialog = confirm(`Roll back ${change.id}?`, 'Roll back', async () => {
    await call('POST', target, { headers: { 'X-Change-Message': headerText(why.value) } });
    announce('It was rolled back.');
    location.hash = '#/history';
  }, h('p', {}, 'Everything that it changed gets the value it had before, whatever became of it since.'),
  effects, field('Why', why));
  try {
    const would = JSON.parse((await call('POST', `${target}?dry-run=true`, { signal })).text);
    fill(effects, effectList(would));
  } catch (error) {
    if (!isAbort(error) && dialog.open) {
      fill(effects, notice('bad', error.message));
    }
  }
}

/** What a write would do, in words. */
export function effectList(would) {
  if (would.changes.length === 0) {
    return h('p', { class: 'muted' }, 'Nothing would be other than it is.');
  }
  const words = { add: 'is added', replace: 'is replaced', remove: 'is removed' };
  return h('ul', { class: 'plain-list' }, would.changes.map((each) => {
    const kind = ['domain', 'upstream', 'policy'].find((name) => each[name] !== undefined);
    return h('li', {}, `${kind} ${each[kind]} ${words[each.change] ?? each.change}`);
  }));
}
