import { h } from './dom.js';

const MOST_CELLS = 4_000_000;
const AROUND = 3;

/**
 * How one text becomes another, line by line, with as few lines as possible.
 *
 * @param {string} before
 * @param {string} after
 * @returns {Array<{mark: ' '|'-'|'+', text: string}>}
 */
export function compare(before, after) {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) {
    start++;
  }
  let end = 0;
  while (end < old.length - start && end < now.length - start
      && old[old.length - 1 - end] === now[now.length - 1 - end]) {
    end++;
  }
  return [
    ...marked(' ', old.slice(0, start)),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...marked(' ', old.slice(old.length - end)),
  ];
}

function marked(mark, lines) {
  return lines.map((text) => ({ mark, text }));
}

/** By the longest common run of lines; texts that are too large for that are shown as replaced. */
function middle(old, now) {
  if (old.length * now.length > MOST_CELLS) {
    return [...marked('-', old), ...marked('+', now)];
  }
  const common = commonLengths(old, now);
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ mark: ' ', text: old[i++] });
      j++;
    } else if (j === now.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push({ mark: '-', text: old[i++] });
    } else {
      lines.push({ mark: '+', text: now[j++] });
    }
  }
  return lines;
}

/** At [i][j] how many lines the rests from i and from j have in common. */
function commonLengths(old, now) {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i][j] = old[i] === now[j]
        ? lengths[i + 1][j + 1] + 1
        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

/** Lines of a comparison as unified diffs have them, with what is far from any change left out. */
export function unified(lines) {
  const near = lines.map((line, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some((each) => each.mark !== ' '));
  const shown = [];
  lines.forEach((line, index) => {
    if (near[index]) {
      shown.push(`${line.mark}${line.text}`);
    } else if (near[index - 1] || (index === 0 && near.includes(true))) {
      shown.push('@@');
    }
  });
  if (shown.at(-1) === '@@') {
    shown.pop();
  }
  return shown;
}

/** Shows lines of a unified diff. */
export function diffOfLines(lines) {
  if (lines.length === 0) {
    return h('p', { class: 'muted' }, 'No line differs.');
  }
  return h('div', { class: 'diff scroll', tabindex: '0', role: 'region', 'aria-label': 'Lines that differ' },
    lines.map(line));
}

function line(text) {
  if (text.startsWith('@@')) {
    return h('div', { class: 'gap' }, text === '@@' ? '…' : text);
  }
  if (text.startsWith('+')) {
    return h('ins', {}, text);
  }
  return text.startsWith('-') ? h('del', {}, text) : h('div', {}, text || ' ');
}
