import { get } from './api.js';
import { announce, h, setText, table, tellTrouble, update } from './dom.js';
import { every } from './live.js';
import { ago, count, moment, whole } from './text.js';

const STATES = {
  up: ['good', 'up'],
  starting: ['good', 'starting'],
  draining: ['warn', 'draining'],
  down: ['idle', 'down'],
  failed: ['bad', 'failed'],
  ejected: ['bad', 'ejected'],
  checks_failed: ['bad', 'checks failed'],
  not_checked: ['warn', 'not checked yet'],
};

/** The view of all upstreams with their servers. */
export function upstreams(parts, signal) {
  const filter = h('input', { type: 'search', class: 'filter', placeholder: 'Filter', 'aria-label': 'Filter upstreams' });
  const shown = h('span', { class: 'muted' });
  const trouble = h('div', { class: 'trouble' });
  const body = h('div', {}, h('p', { class: 'muted' }, 'Asking …'));
  let known = {};

  function draw() {
    const words = filter.value.toLowerCase().split(/\s+/);
    const chosen = Object.entries(known).filter(([name, servers]) => {
      const text = `${name} ${servers.map((server) => server.name).join(' ')}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const all = Object.keys(known).length;
    setText(shown, chosen.length === all ? count(all, 'upstream') : `${whole(chosen.length)} of ${count(all, 'upstream')}`);
    update(body, all === 0 && h('p', { class: 'panel muted' }, 'No upstream is configured yet.'),
      chosen.map(([name, servers]) => upstream(name, servers)));
  }

  filter.addEventListener('input', () => {
    draw();
    announce(shown.textContent);
  });
  every(2000, signal, async () => {
    known = await get('upstream?verbose', signal);
    draw();
  }, (error) => tellTrouble(trouble, error));
  return h('div', {},
    h('div', { class: 'head' },
      h('h1', { tabindex: '-1' }, 'Upstreams'), shown, h('span', { class: 'grow' }), filter),
    trouble,
    body);
}

function upstream(name, servers) {
  const peers = servers.flatMap((server) => server.peers ?? []);
  const up = peers.filter((peer) => peer.state === 'up' || peer.state === 'starting').length;
  return h('section', { class: 'panel' },
    h('div', { class: 'head' },
      h('h2', {}, name),
      h('span', { class: `state ${health(up, peers.length)}` }, `${whole(up)} of ${count(peers.length, 'server')} up`)),
    h('div', { class: 'scroll servers' }, table(`Servers of ${name}`,
      ['Server', 'State', 'Why', '#Active', '#Weight', '#Latency', '#Fails', '#Ejections'],
      servers.flatMap(rows))));
}

function health(up, all) {
  if (up === all) {
    return all === 0 ? 'bad' : 'good';
  }
  return up === 0 ? 'bad' : 'warn';
}

function rows(server) {
  const peers = server.peers ?? [];
  if (peers.length === 0) {
    return [h('tr', {}, h('th', { scope: 'row' }, server.name),
      h('td', {}, stateOf('down')), h('td', { colspan: '6' }, 'its name leads to no address'))];
  }
  return peers.map((peer) => h('tr', {},
    h('th', { scope: 'row' }, server.name,
      peer.addr !== server.name && h('span', { class: 'muted after' }, peer.addr),
      server.backup && h('span', { class: 'tag' }, 'backup')),
    h('td', {}, stateOf(peer.state)),
    h('td', { class: 'muted' }, peer.reason,
      peer.since && h('span', { class: 'after', title: moment(peer.since) }, ago(peer.since))),
    h('td', { class: 'number' }, whole(peer.active)),
    h('td', { class: 'number' }, peer.weight),
    h('td', { class: 'number' }, peer.latency_ms === undefined ? '–' : `${peer.latency_ms} ms`),
    h('td', { class: 'number' }, whole(peer.fails)),
    h('td', { class: 'number' }, whole(peer.ejections))));
}

/** How a server is, by a word and not by its colour alone. */
export function stateOf(name) {
  const [kind, word] = STATES[name] ?? ['warn', name];
  return h('span', { class: `state ${kind}` }, word);
}
