/*
 * JSON as text. A parser of JavaScript's forgets the order of members that look like numbers, and such names are fine for
 * rules: what people wrote is kept as they wrote it.
 */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const WIDTH = 100;

/**
 * The members of an object as they are written.
 *
 * @param {string} text well-formed JSON
 * @returns {Array<{name: string, text: string}>} in their order
 */
export function members(text) {
  const found = [];
  let depth = 0;
  let name = null;
  let start = -1;
  for (const token of text.matchAll(TOKEN)) {
    const mark = token[0];
    if (mark === '}' || mark === ']') {
      depth--;
    }
    if (start >= 0 && ((depth === 1 && mark === ',') || depth === 0)) {
      found.push({ name, text: text.slice(start, token.index).trim() });
      start = -1;
    } else if (depth === 1 && start < 0 && mark.startsWith('"')) {
      name = JSON.parse(mark);
    } else if (depth === 1 && start < 0 && mark === ':') {
      start = token.index + 1;
    }
    if (mark === '{' || mark === '[') {
      depth++;
    }
  }
  return found;
}

/** Whether two texts say the same in the same order, however they are laid out and their characters are written. */
export function same(one, other) {
  return spelt(one) === spelt(other);
}

function spelt(text) {
  return (text.match(TOKEN) ?? [])
    .map((token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token)).join(' ');
}

/**
 * JSON in lines: a member each for the first two levels, and below that whatever fits a line as one.
 *
 * @param {string} text well-formed JSON
 */
export function pretty(text) {
  return printed(tree(text.match(TOKEN) ?? []), '', 2);
}

/** Nests the tokens: a scalar is a string; what has brackets is a list of parts, each with its name where it has one. */
function tree(tokens) {
  let at = 0;

  function value() {
    const open = tokens[at++];
    if (open !== '{' && open !== '[') {
      return open;
    }
    const parts = [];
    while (tokens[at] !== '}' && tokens[at] !== ']') {
      const name = open === '{' ? tokens[at] : null;
      at += name === null ? 0 : 2;
      parts.push({ name, value: value() });
      at += tokens[at] === ',' ? 1 : 0;
    }
    return { open, close: tokens[at++], parts };
  }

  return value();
}

function printed(value, indent, levels) {
  if (typeof value === 'string' || value.parts.length === 0) {
    return inLine(value);
  }
  const short = inLine(value);
  if (levels <= 0 && indent.length + short.length <= WIDTH) {
    return short;
  }
  const deeper = `${indent}  `;
  const lines = value.parts.map((part) => deeper + named(part) + printed(part.value, deeper, levels - 1));
  return `${value.open}\n${lines.join(',\n')}\n${indent}${value.close}`;
}

function inLine(value) {
  return typeof value === 'string'
    ? value
    : value.open + value.parts.map((part) => named(part) + inLine(part.value)).join(', ') + value.close;
}

function named(part) {
  return part.name === null ? '' : `${part.name}: `;
}
