import { isAbort } from './api.js';

/**
 * Does something now and again and again, each time so long after the last one has ended. Does nothing while the window is
 * hidden.
 *
 * @param {number} millis between two of them
 * @param {AbortSignal} signal ends it
 * @param {() => Promise<void>} work
 * @param {(error: ?Error) => void} failed told of an error, and with null when it goes on
 */
export function every(millis, signal, work, failed = () => {}) {
  let timer = null;

  async function turn() {
    timer = null;
    if (!document.hidden) {
      await attempt();
    }
    if (!signal.aborted) {
      timer = setTimeout(turn, millis);
    }
  }

  async function attempt() {
    try {
      await work();
      failed(null);
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) {
        failed(error);
      }
    }
  }

  signal.addEventListener('abort', () => clearTimeout(timer));
  turn();
}

/** Calls something once nothing has asked for it for a while. */
export function settled(millis, signal, work) {
  let timer = null;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, millis);
  };
}
