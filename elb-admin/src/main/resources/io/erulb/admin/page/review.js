import { get, isAbort } from './api.js';
import { announce, field, fill, h, notice, table } from './dom.js';
import { openDialog } from './dialog.js';
import { compare, diffOfLines, unified } from './diff.js';
import { Overtaken, save, tryOut, whatIf } from './document.js';
import { checkList, checkSentence, sentenceOf } from './findings.js';
import { count, percent, whole } from './text.js';

/**
 * Shows what a draft changes, what is odd about it and what it would have done to the last requests, and saves it when that
 * is wanted.
 *
 * @param {import('./document.js').Draft} draft
 * @param {AbortSignal} signal
 * @param {() => void} saved called when it is
 */
export function review(draft, signal, saved) {
  const difference = h('div', {});
  const checks = h('div', {}, 'Checking …');
  const moved = h('div', { class: 'what-if' }, 'Asking the last requests …');
  const refused = h('div', { role: 'alert' });
  const why = h('input', { class: 'wide', maxlength: '500', autocomplete: 'off' });
  const where = h('select', {},
    h('option', { value: 'store' }, 'The store, for all instances'),
    h('option', { value: 'memory' }, "This instance's memory, until it restarts"));
  const yes = h('button', { type: 'button', class: 'primary', click: act }, 'Save');
  const dialog = openDialog(`Save the rules of ${draft.name}?`,
    h('div', { class: 'review' },
      h('section', {}, h('h3', {}, 'Difference'), difference),
      h('section', {}, h('h3', {}, 'Checks'), checks),
      h('section', {}, h('h3', {}, 'What if'), moved),
      h('div', { class: 'together' }, field('Why', why, 'Stands in the history.'), field('Where', where))),
    refused,
    h('div', { class: 'actions' },
      h('button', { type: 'button', click: () => dialog.close() }, 'Cancel'), yes));

  function showDifference() {
    fill(difference, diffOfLines(unified(compare(draft.base, draft.text))));
  }

  async function act() {
    yes.disabled = true;
    try {
      await save(draft, why.value.trim(), where.value === 'store');
      dialog.close();
      announce(`The rules of ${draft.name} are saved and in force.`);
      saved();
    } catch (error) {
      yes.disabled = false;
      fill(refused, notice('bad', error.message, error instanceof Overtaken && [h('br'),
        'The difference above is now the one to what is in force. Save again to put yours in its place.']));
      showDifference();
    }
  }

  showDifference();
  tell(checks, async () => {
    const found = await tryOut(draft.name, draft.text, signal);
    return [h('p', {}, `${checkSentence(found)}.`), checkList(found)];
  });
  tell(moved, async () => flows(await whatIf(draft.name, draft.text, signal)));
  chooseWhere(where, signal);
}

/** Fills a place with what comes, or with why nothing does. */
async function tell(place, asked) {
  try {
    fill(place, await asked());
  } catch (error) {
    if (!isAbort(error)) {
      fill(place, notice('bad', error.message));
    }
  }
}

/** What has no store to go to goes to memory. */
async function chooseWhere(where, signal) {
  const status = await get('status', signal).catch(() => null);
  if (status && !status.source.connected) {
    where.value = 'memory';
  }
}

function flows(answer) {
  if (answer.reason) {
    return notice('', `Nothing can be said of the last requests: ${answer.reason}.`);
  }
  if (answer.requests === 0) {
    return h('p', { class: 'muted' }, 'No request has come for this domain yet.');
  }
  const more = [
    answer.rejects > 0 && `${whole(answer.rejects)} would be refused and were not.`,
    answer.unsure > 0 && `Of ${whole(answer.unsure)} it can't be told.`,
  ].filter(Boolean).join(' ');
  return [
    h('p', {}, `Of the last ${count(answer.requests, 'request')}, ${whole(answer.moved)} `
      + `(${percent(answer.moved / answer.requests)}) would have gone elsewhere. ${more}`),
    answer.flows.length > 0 && h('div', { class: 'scroll' },
      table('Where requests would have moved', ['From', 'To', '#Requests', 'For example'], answer.flows.map(flow))),
  ];
}

function flow(each) {
  return h('tr', {},
    h('td', {}, each.from),
    h('td', {}, each.to, each.differs && h('span', { class: 'muted after' }, `with another ${each.differs}`)),
    h('td', { class: 'number' }, whole(each.count)),
    h('td', {}, (each.examples ?? []).slice(0, 2).map(example)));
}

function example(each) {
  return h('p', { class: 'mono' }, sentenceOf(each.request ?? each),
    each.before && each.after && h('span', { class: 'muted ways' }, `${each.before.path} → ${each.after.path}`));
}
