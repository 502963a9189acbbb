import { get } from './api.js';
import { fill, h } from './dom.js';
import { domain } from './domain.js';
import { domains } from './domains.js';
import { history, pastChange } from './history.js';
import { every } from './live.js';
import { overview } from './overview.js';
import { Router } from './router.js';
import { whole } from './text.js';
import { forget, token, tokenForm } from './token.js';
import { upstreams } from './upstreams.js';

const THEMES = ['system', 'light', 'dark'];

const main = document.getElementById('main');
const logOut = document.getElementById('log-out');
const inForce = document.getElementById('in-force');
const router = new Router(main, [
  { pattern: /^\/$/, name: 'overview', view: overview },
  { pattern: /^\/domains$/, name: 'domains', view: domains },
  { pattern: /^\/domain\/([^/]+)(?:\/(rules|history))?$/, name: 'domains', view: domain },
  { pattern: /^\/upstreams$/, name: 'upstreams', view: upstreams },
  { pattern: /^\/history$/, name: 'history', view: history },
  { pattern: /^\/history\/([^/]+)$/, name: 'history', view: pastChange },
]);
let locked = false;

/** Asks for the token, once however many calls have missed it. */
function lock() {
  if (!locked) {
    locked = true;
    forget();
    logOut.hidden = true;
    fill(inForce);
    document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
    router.interrupt(() => tokenForm(() => get('status'), unlock));
    main.querySelector('input').focus();
  }
}

function unlock() {
  locked = false;
  logOut.hidden = false;
  router.resume();
}

/** Keeps the line about what is in force. */
async function tell() {
  if (locked) {
    return;
  }
  const status = await get('status');
  if (locked) {
    return;
  }
  const state = status.source.connected ? 'good' : 'bad';
  fill(inForce,
    h('span', { class: `dot ${state}` }),
    h('span', {}, `Version ${whole(status.version)}, revision ${whole(status.revision)}`));
}

function tellNot(error) {
  if (error !== null && !locked) {
    fill(inForce, h('span', { class: 'dot bad' }), h('span', {}, error.message));
  }
}

function theme() {
  return document.documentElement.dataset.theme ?? 'system';
}

function setTheme(name) {
  if (name === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem('elb.theme');
  } else {
    document.documentElement.dataset.theme = name;
    localStorage.setItem('elb.theme', name);
  }
  document.getElementById('theme').textContent = `Theme: ${name}`;
}

document.getElementById('skip').addEventListener('click', (event) => {
  // The address says which view is shown, so the link must not change it.
  event.preventDefault();
  main.focus();
});
document.getElementById('theme').addEventListener('click', () => {
  setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
});
logOut.addEventListener('click', lock);
window.addEventListener('locked', lock);

setTheme(theme());
logOut.hidden = token() === null;
router.show(false);
every(2000, new AbortController().signal, tell, tellNot);
