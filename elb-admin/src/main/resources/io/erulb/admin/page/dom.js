/**
 * Makes an element. What comes from the server gets into the page only here, as text or as an attribute of a known name:
 * it never becomes markup.
 *
 * @param {string} name of the element
 * @param {Object<string, *>} attributes a function is a listener for its name; true is an attribute without a value;
 *     false, null and undefined are left out
 * @param {...(Node|string|number|null|undefined|Array)} children in their order; those that are null are left out
 * @returns {HTMLElement}
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(key, value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...present(children));
  return element;
}

/** Replaces all that an element has. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/**
 * Makes of what an element has what it is to have, and leaves be all that is the same already: the focus stays where it is,
 * and nothing is read out again. For what has no listeners.
 */
export function update(element, ...children) {
  keepFocus(element, () => become(element, h('div', {}, ...children)));
  return element;
}

function become(element, model) {
  const had = [...element.childNodes];
  const wanted = [...model.childNodes];
  had.slice(wanted.length).forEach((child) => child.remove());
  wanted.forEach((child, index) => {
    const old = had[index];
    if (old === undefined) {
      element.append(child);
    } else if (!old.cloneNode().isEqualNode(child.cloneNode())) {
      old.replaceWith(child);
    } else {
      become(old, child);
    }
  });
}

/** Changes what an element has, and gives the focus back to the link that had it. */
export function keepFocus(element, change) {
  const focused = element.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  change();
  if (focused !== null && !element.contains(document.activeElement)) {
    const links = [...element.querySelectorAll('[href]')];
    links.find((each) => each.getAttribute('href') === focused)?.focus({ preventScroll: true });
  }
}

function present(children) {
  return children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}

/** Changes a text only when it differs, so that nothing is drawn or read out again without need. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

let ids = 0;

/** A name that no other element has. */
export function freshId(stem) {
  return `${stem}-${++ids}`;
}

/** A labelled control, with a hint where there is one to give. */
export function field(label, control, hint) {
  control.id ||= freshId('field');
  const hintId = `${control.id}-hint`;
  if (hint) {
    control.setAttribute('aria-describedby', hintId);
  }
  return h('div', { class: 'field' },
    h('label', { for: control.id }, label),
    control,
    hint && h('p', { class: 'hint', id: hintId }, hint));
}

/** A table whose columns have headings. Cells are nodes or texts; those of a row that is an element are its own. */
export function table(caption, headings, rows) {
  return h('table', {},
    h('caption', { class: 'unseen' }, caption),
    h('thead', {}, h('tr', {}, headings.map((heading) =>
      h('th', { scope: 'col', class: heading.startsWith('#') && 'number' }, heading.replace(/^#/, ''))))),
    h('tbody', {}, rows));
}

/** A sentence that tells how something stands. Kinds: good, warn, bad, and none for what is only to be known. */
export function notice(kind, ...children) {
  return h('div', { class: `notice ${kind}` }, ...children);
}

/** Shows what went wrong in a place that is for that; null for nothing. */
export function tellTrouble(place, error) {
  fill(place, error && notice('bad', error.message));
}

/** Says something to those who listen rather than look. */
export function announce(text) {
  const announcer = document.getElementById('announcer');
  // Emptied first: the same sentence twice is news twice.
  announcer.textContent = '';
  requestAnimationFrame(() => {
    announcer.textContent = text;
  });
}
