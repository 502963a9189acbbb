import { fill, freshId, h } from './dom.js';

/**
 * Opens a dialog over the page. The focus stays in it until it closes, by Escape too, and then goes back to where it was.
 *
 * @param {string} title
 * @param {...Node} children
 * @returns {HTMLDialogElement} which is gone once it is closed
 */
export function openDialog(title, ...children) {
  const id = freshId('dialog');
  const dialog = h('dialog', { 'aria-labelledby': id, close: () => dialog.remove() },
    h('h2', { id }, title), ...children);
  document.body.append(dialog);
  // A dialog is of the view that opened it.
  window.addEventListener('hashchange', () => dialog.close(), { once: true });
  dialog.showModal();
  return dialog;
}

/**
 * Asks whether something is to be done.
 *
 * @param {string} title
 * @param {string} word on the button that does it
 * @param {() => Promise<void>} act closes the dialog when it succeeds, and is told of in it when not
 * @param {...Node} children what it would do
 */
export function confirm(title, word, act, ...children) {
  const refused = h('div', { role: 'alert' });
  const yes = h('button', { type: 'button', class: 'primary', click: confirmed }, word);
  const dialog = openDialog(title, ...children, refused, h('div', { class: 'actions' },
    h('button', { type: 'button', click: () => dialog.close() }, 'Cancel'), yes));

  async function confirmed() {
    yes.disabled = true;
    try {
      await act();
      dialog.close();
    } catch (error) {
      yes.disabled = false;
      fill(refused, h('div', { class: 'notice bad' }, error.message));
    }
  }

  return dialog;
}
