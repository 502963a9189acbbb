import { get, isAbort } from './api.js';
import { h, notice, table, tellTrouble, update } from './dom.js';
import { changeRow, CHANGE_HEADINGS } from './history.js';
import { every } from './live.js';
import { ago, count, moment, whole } from './text.js';

/** The view of how the instance and its fleet are. */
export function overview(parts, signal) {
  const trouble = h('div', { class: 'trouble' });
  const body = h('div', {}, h('p', { class: 'muted' }, 'Asking …'));
  every(2000, signal, async () => {
    const [status, fleet, past] = await Promise.all([
      get('status', signal), get('fleet', signal), lastChanges(signal)]);
    update(body, figures(status), problems(status), instances(fleet), changes(past));
  }, (error) => tellTrouble(trouble, error));
  return h('div', {}, h('h1', { tabindex: '-1' }, 'Overview'), trouble, body);
}

/** The last changes, or why they can't be told. */
async function lastChanges(signal) {
  try {
    return await get('history?limit=5', signal);
  } catch (error) {
    if (isAbort(error)) {
      throw error;
    }
    return { changes: [], error };
  }
}

function figures(status) {
  const source = status.source;
  return h('dl', { class: 'figures' },
    figure('In force', `Version ${whole(status.version)}`, `store's revision ${whole(status.revision)}`),
    figure('Store', source.connected ? 'Connected' : 'Away', source.error ?? source.description,
      source.connected ? 'good' : 'bad'),
    figure('Domains', h('a', { href: '#/domains' }, whole(status.domains)), 'with rules'),
    figure('Upstreams', h('a', { href: '#/upstreams' }, whole(status.upstreams)), 'with servers'),
    figure('Problems', whole(status.problems.length), status.problems.length ? 'see below' : 'nothing is wrong',
      status.problems.length ? 'warn' : 'good'));
}

function figure(name, value, more, state) {
  return h('div', {},
    h('dt', {}, state && h('span', { class: `dot ${state}` }), name),
    h('dd', { class: 'value' }, value),
    h('dd', { class: 'muted' }, more));
}

function problems(status) {
  const stray = status.stray_keys ?? [];
  if (status.problems.length === 0 && stray.length === 0) {
    return null;
  }
  return h('section', { class: 'panel' },
    h('h2', {}, 'Problems'),
    h('ul', { class: 'findings' }, status.problems.map((problem) => h('li', { class: 'warn' },
      h('p', {}, place(problem), problem.message, problem.value && h('code', { class: 'after' }, problem.value)),
      h('p', { class: 'muted' }, `since ${moment(problem.since)}`)))),
    stray.length > 0 && h('p', { class: 'muted' }, `${count(stray.length, 'key')} in the store name nothing known: `,
      h('code', {}, stray.slice(0, 10).join(', '))));
}

/** Where something is wrong, as far as it is told. */
export function place(entry) {
  const domain = entry.domain && h('a', { href: `#/domain/${encodeURIComponent(entry.domain)}` }, entry.domain);
  const parts = [domain, entry.upstream, entry.rule && `rule ${entry.rule}`, entry.server, entry.field].filter(Boolean);
  return parts.length > 0 && h('span', { class: 'place' }, parts.flatMap((part, index) => (index ? [' › ', part] : [part])));
}

function instances(fleet) {
  const rows = fleet.instances.map((instance) => h('tr', {},
    h('th', { scope: 'row' }, instance.name, ' ', instance.self && h('span', { class: 'tag' }, 'this one')),
    h('td', {}, instance.version),
    h('td', { title: moment(instance.started) }, ago(instance.started)),
    h('td', { class: 'number' }, whole(instance.revision)),
    h('td', {}, instance.problems.length ? instance.problems.join(' ') : 'none')));
  return h('section', { class: 'panel' },
    h('div', { class: 'head' },
      h('h2', {}, 'Fleet'),
      h('span', { class: `state ${fleet.agree ? 'good' : 'warn'}` },
        fleet.agree ? 'All have the same in force' : 'Not all have the same in force')),
    h('div', { class: 'scroll' },
      table('Instances', ['Instance', 'Version', 'Started', '#Revision', 'Problems'], rows)));
}

function changes({ changes: last, error }) {
  return (error || last.length > 0) && h('section', { class: 'panel' },
    h('div', { class: 'head' }, h('h2', {}, 'Last changes'), h('a', { href: '#/history' }, 'All changes')),
    error
      ? notice('bad', error.message)
      : h('div', { class: 'scroll' }, table('The last changes', CHANGE_HEADINGS, last.map(changeRow))));
}
