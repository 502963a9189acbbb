/**
 * Shows the view that the part of the address after the hash names.
 *
 * A view is a function of the parts of its route and of a signal that ends with it; it returns an element with a heading
 * of the first level.
 */
export class Router {
  #routes;
  #main;
  #shown = new AbortController();
  #interrupted = false;

  /**
   * @param {HTMLElement} main where views are put
   * @param {Array<{pattern: RegExp, name: string, view: function}>} routes the first that matches is taken
   */
  constructor(main, routes) {
    this.#main = main;
    this.#routes = routes;
    window.addEventListener('hashchange', () => this.show(true));
  }

  /** Shows the view of the address as it is, unless something else is shown in between. */
  show(moved) {
    if (this.#interrupted) {
      return;
    }
    const path = location.hash.replace(/^#/, '') || '/';
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      if (match) {
        this.#put(route.name, (signal) => route.view(match.slice(1).map(decoded), signal), moved);
        return;
      }
    }
    location.replace('#/');
  }

  /** Shows something that has no address, wherever people go, until views are shown again. */
  interrupt(view) {
    this.#interrupted = true;
    this.#put('', view, true);
  }

  /** Shows views again. */
  resume() {
    this.#interrupted = false;
    this.show(true);
  }

  #put(name, view, moved) {
    this.#shown.abort();
    this.#shown = new AbortController();
    const element = view(this.#shown.signal);
    this.#main.replaceChildren(element);
    this.#main.dataset.address = location.hash;
    for (const link of document.querySelectorAll('[data-view][href]')) {
      link.toggleAttribute('aria-current', link.dataset.view === name);
      if (link.dataset.view === name) {
        link.setAttribute('aria-current', 'page');
      }
    }
    const heading = element.querySelector('h1');
    document.title = `${heading.dataset.title ?? heading.textContent} · ELB`;
    if (moved) {
      window.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    }
  }
}

function decoded(part) {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return part;
  }
}
