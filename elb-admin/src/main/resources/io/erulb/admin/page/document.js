import { Refused, call, headerText, isAbort } from './api.js';
import { members, pretty, same } from './json.js';

/** What new rules begin with. */
const FIRST = pretty('{"init": "r1", "rules": {"r1": {"type": "respond", "args": {"status": 200, "body": "hello"}}}}');

/** A domain that is not there yet, and a server that keeps no requests. */
const WITHOUT_REQUESTS = new Set([404, 409]);

/** What was written but not saved, by domain, for as long as the page is open. */
const drafts = new Map();

/**
 * The rules of a domain as they are being written.
 *
 * @typedef {{name: string, base: string, tag: string, text: string, isNew: boolean}} Draft base is what was in force
 *     when writing began, and tag what all domains' rules were then
 */

/** The draft of a domain: the one that was left, or what is in force. */
export async function draftOf(name, signal) {
  const left = drafts.get(name);
  return left && isWritten(left) ? left : begin(name, signal);
}

/** Begins again by what is in force. */
export async function begin(name, signal) {
  const { text, tag } = await inForce(name, signal);
  const draft = { name, base: text ?? '', tag, text: text ?? FIRST, isNew: text === null };
  drafts.set(name, draft);
  return draft;
}

async function inForce(name, signal) {
  const { text, tag } = await call('GET', 'domain', { signal });
  const found = members(text).find((member) => member.name === name);
  return { text: found ? pretty(found.text) : null, tag };
}

/** Whether anything is written but not saved. */
export function anyDraft() {
  return [...drafts.values()].some(isWritten);
}

/** Whether a draft is other than it began. */
function isWritten(draft) {
  return draft.text !== (draft.isNew ? FIRST : draft.base);
}

/**
 * What a text would do as the rules of a domain.
 *
 * @returns {Promise<{errors: Array, findings: Array, problems: Array, changes: Array}>} only errors where there are any
 */
export async function tryOut(name, text, signal) {
  const nothing = { errors: [], findings: [], problems: [], changes: [] };
  const wrong = syntaxError(text);
  if (wrong) {
    return { ...nothing, errors: [{ message: wrong }] };
  }
  try {
    const answer = await call('PUT', 'domain?dry-run=true', { body: bodyOf(name, text), signal });
    const would = JSON.parse(answer.text);
    return { ...nothing, ...would, findings: would.findings?.[name]?.findings ?? [] };
  } catch (error) {
    if (error.status !== 400) {
      throw error;
    }
    return { ...nothing, errors: error.errors };
  }
}

/** Why a text is no JSON; null when it is. A text that is JSON can't reach beyond its place in a body. */
function syntaxError(text) {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return `This is no JSON: ${error.message}`;
  }
}

/** A body that has the text as it is, so that nothing of it gets lost. */
export function bodyOf(name, text) {
  return `{${JSON.stringify(name)}:${text}}`;
}

/** Says that somebody else changed the same rules meanwhile. */
export class Overtaken extends Error {
  constructor(name) {
    super(`Somebody else changed the rules of ${name} since you began. Nothing was saved.`);
  }
}

/**
 * Saves a draft, unless its domain's rules are no longer what they were when it was begun. Changes of other domains do not
 * matter, though the tag is of all.
 *
 * @throws {Overtaken} when they are; the draft then goes by what is in force now
 */
export async function save(draft, message, toStore) {
  // Somebody may close the dialog and write on before it is saved.
  const text = draft.text;
  try {
    draft.tag = await put(draft, text, message, toStore);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 412) {
      throw error;
    }
    await goByPresent(draft);
    draft.tag = await put(draft, text, message, toStore);
  }
  draft.base = text;
  draft.isNew = false;
}

async function goByPresent(draft) {
  const { text, tag } = await inForce(draft.name);
  const before = draft.base;
  draft.base = text ?? '';
  draft.tag = tag;
  draft.isNew = text === null;
  if (!same(draft.base, before)) {
    throw new Overtaken(draft.name);
  }
}

async function put(draft, text, message, toStore) {
  const headers = { 'If-Match': draft.tag };
  if (message) {
    headers['X-Change-Message'] = headerText(message);
  }
  const answer = await call('PUT', toStore ? 'domain?to=store' : 'domain', {
    body: bodyOf(draft.name, text), headers,
  });
  return answer.tag;
}

/**
 * What rules would have made of the domain's last requests.
 *
 * @returns {Promise<Object>} as the API tells it; with a reason alone when there are no requests to tell it of
 */
export async function whatIf(name, text, signal) {
  try {
    const answer = await call('POST', 'whatif', { body: bodyOf(name, text), signal });
    return JSON.parse(answer.text)[name];
  } catch (error) {
    if (isAbort(error) || !WITHOUT_REQUESTS.has(error.status)) {
      throw error;
    }
    return { reason: error.message };
  }
}

/** The line of a text, from 1, where a rule or one of its fields stands; 1 when it can't be found. */
export function lineOf(text, rule, field) {
  const start = rule ? position(text, rule, 0) : 0;
  const at = field ? Math.max(start, position(text, field, start)) : start;
  return text.slice(0, Math.max(at, 0)).split('\n').length;
}

function position(text, name, from) {
  const quoted = JSON.stringify(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`${quoted}\\s*:`).exec(text.slice(from));
  return found ? from + found.index : -1;
}
