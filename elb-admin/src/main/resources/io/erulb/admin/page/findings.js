import { h } from './dom.js';
import { count } from './text.js';

/**
 * Lists what is wrong with rules and what is odd about them.
 *
 * @param {{errors: Array, findings: Array, problems: Array}} checks
 * @param {{locate?: (rule: ?string, field: ?string) => void, explain?: (request: Object) => void}} ways what a reader can
 *     do about one
 */
export function checkList(checks, ways = {}) {
  return h('ul', { class: 'findings' },
    checks.errors.map((error) => entry('bad', 'error', error, ways)),
    checks.findings.map((finding) => entry('warn', finding.kind.replaceAll('_', ' '), finding, ways)),
    checks.problems.map((problem) => entry('warn', 'problem', problem, ways)));
}

/** The same in one sentence. */
export function checkSentence(checks) {
  if (checks.errors.length > 0) {
    return `${count(checks.errors.length, 'error')}: this can't be saved`;
  }
  const odd = checks.findings.length + checks.problems.length;
  return odd === 0 ? 'Nothing is wrong' : `No error, ${count(odd, 'finding')}`;
}

/** Good, warn or bad. */
export function checkKind(checks) {
  if (checks.errors.length > 0) {
    return 'bad';
  }
  return checks.findings.length + checks.problems.length > 0 ? 'warn' : 'good';
}

function entry(kind, word, found, { locate, explain }) {
  const where = [found.rule && `rule ${found.rule}`, found.edge ?? found.field].filter(Boolean).join(' › ');
  return h('li', { class: kind },
    h('p', {},
      h('span', { class: `tag ${kind}` }, word),
      where && (locate && found.rule
        ? h('button', { type: 'button', class: 'link place', click: () => locate(found.rule, found.edge ?? found.field) }, where)
        : h('span', { class: 'place' }, where)),
      found.message,
      found.value && h('code', { class: 'after' }, found.value)),
    found.witness && h('p', { class: 'witness' },
      'For example ', h('code', {}, sentenceOf(found.witness.request)),
      circumstances(found.witness),
      found.witness.path && [', whose way is ', h('code', {}, found.witness.path)],
      explain && h('button', { type: 'button', class: 'link', click: () => explain(found.witness.request) }, 'Explain it')));
}

/** When a witness comes, and how what is left to chance comes out, where that matters. */
function circumstances({ at, given }) {
  const verdicts = Object.entries(given ?? {}).map(([rule, edge]) => `${rule} takes ${edge}`);
  return [at && `at ${at}`, ...verdicts].filter(Boolean).map((each) => `, when ${each}`).join('').replace('when at', 'at');
}

/** A request in a line. */
export function sentenceOf(request) {
  if (typeof request === 'string') {
    return request;
  }
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => ` | ${name}: ${[value].flat().join(', ')}`);
  return `${request.method ?? 'GET'} ${request.url}${headers.join('')}${request.client ? ` from ${request.client}` : ''}`;
}

