import { field, h, notice } from './dom.js';

const KEY = 'elb.token';
/** What a token is made of; a header can't have just anything. */
const VISIBLE = /^[!-~]+$/;

/** The token of this window; null while none is known. Other windows ask for it anew, and closing this one forgets it. */
export function token() {
  return sessionStorage.getItem(KEY);
}

/** Forgets the token. */
export function forget() {
  sessionStorage.removeItem(KEY);
}

/**
 * A form that asks for the token.
 *
 * @param {() => Promise<void>} check fails when the server does not take the token that is kept
 * @param {() => void} entered called when it does
 */
export function tokenForm(check, entered) {
  const input = h('input', {
    type: 'password', autocomplete: 'current-password', spellcheck: 'false', required: true, class: 'wide',
  });
  const refused = h('div', { role: 'alert' });
  const send = h('button', { class: 'primary' }, 'Log in');

  async function submit(event) {
    event.preventDefault();
    const given = input.value.trim();
    if (!VISIBLE.test(given)) {
      refuse('A token has no blanks and no characters beyond ASCII.');
      return;
    }
    refused.replaceChildren();
    send.disabled = true;
    sessionStorage.setItem(KEY, given);
    try {
      await check();
      entered();
    } catch (error) {
      forget();
      refuse(error.status === 401 ? 'This token is not accepted.' : error.message);
      send.disabled = false;
    }
  }

  function refuse(why) {
    refused.replaceChildren(notice('bad', why));
    input.select();
  }

  return h('form', { class: 'panel log-in', submit },
    h('h1', { tabindex: '-1' }, 'Log in'),
    h('p', { class: 'muted' }, 'This instance asks everyone for a token: the one it was given as ADMIN_TOKEN.'),
    field('Token', input, 'Kept until this window is closed.'),
    refused,
    h('div', { class: 'actions' }, send));
}
