import { token } from './token.js';

/** What the API answers when it does not do what it was asked to. */
export class Refused extends Error {
  /**
   * @param {number} status of the answer; 0 when there was none
   * @param {string} text of its body
   */
  constructor(status, text) {
    const body = parsed(text);
    super(body?.msg ?? `The server answered ${status}.`);
    this.status = status;
    this.errors = Array.isArray(body?.errors) ? body.errors : [];
    this.keys = Array.isArray(body?.keys) ? body.keys : [];
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Calls the API.
 *
 * @param {string} method
 * @param {string} target the resource and what follows it
 * @param {{body?: string, headers?: Object<string, string>, signal?: AbortSignal}} options
 * @returns {Promise<{text: string, tag: string|null}>} the body, and the ETag where there is one
 * @throws {Refused} when it is not done; an event "locked" on the window tells when a token is missing
 */
export async function call(method, target, { body, headers = {}, signal } = {}) {
  const kept = token();
  const all = kept === null ? headers : { ...headers, Authorization: `Bearer ${kept}` };
  const response = await fetched(target, { method, body, headers: all, signal, cache: 'no-store' });
  const text = await response.text();
  if (response.status === 401) {
    window.dispatchEvent(new Event('locked'));
  }
  if (!response.ok) {
    throw new Refused(response.status, text);
  }
  return { text, tag: response.headers.get('ETag') };
}

async function fetched(target, options) {
  try {
    return await fetch(target, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Refused(0, '{"msg": "The server does not answer."}');
  }
}

/** Reads JSON. */
export async function get(target, signal) {
  return JSON.parse((await call('GET', target, { signal })).text);
}

/** Sends JSON and reads the answer's. */
export async function post(target, value, signal) {
  return JSON.parse((await call('POST', target, { body: JSON.stringify(value), signal })).text);
}

/** A name as one segment of a target. */
export function segment(name) {
  // A colon may stand in a segment, and the names of domains have them before ports.
  return encodeURIComponent(name).replaceAll('%3A', ':');
}

/** Whether an error only says that nobody waits any longer. */
export function isAbort(error) {
  return error.name === 'AbortError';
}

/** A message as a header has it: the bytes of its text, a character each. */
export function headerText(message) {
  return String.fromCharCode(...new TextEncoder().encode(message));
}
