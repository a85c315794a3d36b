// A list that may have fifty thousand items: a page of it, its beginning by ID, and only what changed is fetched again.

import { h, row, fillRow, table } from './dom.js';
import { fail } from './message.js';
import { button } from './actions.js';

const size = 50;

// When more than so many of its items change at once, the page is fetched instead of each of them.
const most = 10;

export class List {
  // source has: caption, columns, empty (what is said of none), page(size, token), find(id), search(prefix), id(item),
  // order(id) (what IDs are sorted by), cells(item), and concerns(change): null, or the ID of what changed.
  constructor(source) {
    this.source = source;
    this.rows = new Map();
    this.tokens = [null];
    this.next = null;
    this.prefix = '';
    this.table = table(source.caption, source.columns);
    this.none = h('p', { class: 'empty', hidden: true }, source.empty);
    this.previousButton = button('Previous', source.caption, () => this.turn(-1));
    this.nextButton = button('Next', source.caption, () => this.turn(1));
    this.pages = h('div', { class: 'buttons pages' }, this.previousButton, this.nextButton, h('span', null));
    this.element = h('div', { class: 'list' }, this.searchField(), this.table.element, this.none, this.pages);
  }

  searchField() {
    const input = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', 'aria-label': `Search ${this.source.caption}` });
    input.placeholder = 'ID begins with…';
    input.addEventListener('input', () => {
      this.prefix = input.value.trim();
      this.load().catch(fail);
    });
    return h('div', { class: 'search', role: 'search' }, input);
  }

  async turn(step) {
    if (step < 0) {
      this.tokens.pop();
    } else {
      this.tokens.push(this.next);
    }

    const turned = document.activeElement;
    await this.load();

    // At the end of the list, the button that led there is disabled.
    if (turned.disabled) {
      (turned === this.nextButton ? this.previousButton : this.nextButton).focus();
    }
  }

  async load() {
    const prefix = this.prefix;
    const token = this.tokens.at(-1);
    const page = prefix ? { items: await this.source.search(prefix), next: null } : await this.source.page(size, token);
    if (prefix !== this.prefix || token !== this.tokens.at(-1)) {
      return;
    }

    if (page.items.length === 0 && this.tokens.length > 1 && !prefix) {
      this.tokens.pop();
      await this.load();
      return;
    }

    this.next = page.next;
    this.show(page.items);
  }

  show(items) {
    const rows = new Map(items.map(item => [this.source.id(item), item]));
    for (const [id, element] of this.rows) {
      if (!rows.has(id)) {
        element.remove();
        this.rows.delete(id);
      }
    }

    let last = null;
    for (const [id, item] of rows) {
      const element = this.fill(id, item);
      const place = last ? last.nextSibling : this.table.body.firstChild;
      if (place !== element) {
        this.table.body.insertBefore(element, place);
      }

      last = element;
    }

    this.showState();
  }

  fill(id, item) {
    const element = this.rows.get(id) ?? row();
    const state = JSON.stringify(item);
    if (element.dataset.state !== state) {
      element.dataset.state = state;
      fillRow(element, this.source.columns, this.source.cells(item));
    }

    this.rows.set(id, element);
    return element;
  }

  showState() {
    this.none.hidden = this.rows.size > 0;
    this.none.textContent = this.prefix ? `No ID begins with ${this.prefix}.` : this.source.empty;
    this.table.element.hidden = this.rows.size === 0;
    this.pages.hidden = this.prefix !== '' || (this.tokens.length === 1 && !this.next);
    this.previousButton.disabled = this.tokens.length === 1;
    this.nextButton.disabled = !this.next;
    this.pages.lastChild.textContent = `Page ${this.tokens.length}`;
  }

  async changed(changes) {
    const concerned = new Map(changes.map(change => [this.source.concerns(change), change]).filter(([id]) => id !== null));
    if (changes.some(change => change.kind === 'all') || concerned.size > most) {
      await this.load();
      return;
    }

    for (const [id, change] of concerned) {
      await this.changedOne(id, change);
    }
  }

  async changedOne(id, change) {
    const element = this.rows.get(id);
    const item = change.removed || !(element || this.hasPlaceFor(id)) ? null : await this.source.find(id);
    if (item && (element || this.rows.size < size)) {
      this.fill(id, item);
      this.place(id);
    } else if (item || (element && this.next)) {
      await this.load();
    } else if (element) {
      element.remove();
      this.rows.delete(id);
    }

    this.showState();
  }

  // Whether an item that is not shown would stand on this page.
  hasPlaceFor(id) {
    const order = this.source.order;
    if (this.prefix) {
      return order(id).startsWith(order(this.prefix));
    }

    const ids = [...this.rows.keys()].map(order);
    return (this.tokens.length === 1 || order(id) > ids[0]) && (!this.next || order(id) < ids.at(-1));
  }

  // Rows stand in the order of their IDs.
  place(id) {
    const element = this.rows.get(id);
    if (element.isConnected) {
      return;
    }

    const order = this.source.order;
    const behind = [...this.rows].filter(([other]) => order(other) > order(id)).sort(([a], [b]) => (order(a) < order(b) ? -1 : 1))[0];
    this.table.body.insertBefore(element, behind?.[1] ?? null);
  }
}
