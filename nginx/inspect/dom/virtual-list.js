// A list of links that is as long as it likes and makes only the rows that can be seen: the page has as many elements
// with a hundred thousand deliveries as with a hundred.

import { make } from "./make.js";

// Rows above and below what is seen, so that scrolling and the next Tab find them there.
const SPARE = 8;
const HEIGHT_IN_REM = 3.5;

export class VirtualList {
    /** The element that scrolls. */
    element;
    #list;
    #items = [];
    #rows = new Map();
    #height;
    #options;
    #current = null;
    #asked = false;
    #isOther = false;

    /**
     * @param {object} options
     * @param {string} options.label what it is a list of
     * @param {(item) => string} options.key the same for the same thing, another for another
     * @param {(item) => string} options.href
     * @param {(item) => Node[]} options.render what its row shows
     * @param {() => Promise<void>} options.more called when the end is near
     */
    constructor(options) {
        this.#options = options;
        this.#height = HEIGHT_IN_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
        this.#list = make("ul", { role: "list", "aria-label": options.label, class: "rows" });
        this.element = make("div", { class: "scroller", onscroll: () => this.#draw() }, this.#list);
        new ResizeObserver(() => this.#draw()).observe(this.element);
    }

    /** The keys of the rows on the screen, and some more. */
    get seen() { return [...this.#rows.keys()]; }

    /** Another list is on its way. The rows stay until it is there, so that neither they nor the focus are lost in between. */
    expectOther() {
        this.#isOther = true;
        this.element.setAttribute("aria-busy", "true");
        this.#draw();
    }

    /**
     * Shows these items. The rows on the screen stay in place when others are added.
     *
     * @param {object[]} items those that were shown before are the same objects
     * @param {number} above how many of them are new at the top
     */
    show(items, above = 0) {
        if (this.#isOther) return this.#showOther(items);
        const isRead = this.element.scrollTop > 0;
        const first = Math.floor(this.element.scrollTop / this.#height);
        const now = items.indexOf(this.#items[first]);
        this.#items = items;
        this.#list.style.height = `${items.length * this.#height}px`;
        if (now > first && isRead) this.element.scrollTop += (now - first) * this.#height;
        this.#draw(above > 0 && !isRead);
    }

    #showOther(items) {
        this.#isOther = false;
        this.element.removeAttribute("aria-busy");
        this.#items = items;
        this.#list.style.height = `${items.length * this.#height}px`;
        this.element.scrollTop = 0;
        this.#draw();
        for (const item of items) this.refresh(item);
    }

    /** Draws a row again whose item has changed. */
    refresh(item) {
        const row = this.#rows.get(this.#options.key(item));
        row?.firstChild.replaceChildren(...this.#options.render(item));
    }

    /** Marks the row of the thing that is open. */
    mark(key) {
        this.#current = key;
        for (const [each, row] of this.#rows) this.#setCurrent(each, row);
    }

    top() {
        this.element.scrollTop = 0;
    }

    /** Moves the focus by this many rows; from nowhere to the open one, else to the first that is seen. */
    move(by) {
        if (this.#items.length === 0) return;
        const keys = this.#items.map(this.#options.key);
        const focused = [...this.#rows].find(([, row]) => row.contains(document.activeElement))?.[0];
        const from = keys.indexOf(focused ?? this.#current);
        const to = from < 0 ? Math.ceil(this.element.scrollTop / this.#height) : from + by;
        this.focus(Math.max(0, Math.min(keys.length - 1, to)));
    }

    /** Brings a row into view and focuses it. */
    focus(place) {
        const top = place * this.#height;
        const { scrollTop, clientHeight } = this.element;
        if (top < scrollTop) this.element.scrollTop = top;
        if (top + this.#height > scrollTop + clientHeight) this.element.scrollTop = top + this.#height - clientHeight;
        this.#draw();
        this.#rows.get(this.#options.key(this.#items[place]))?.firstChild.focus({ preventScroll: true });
    }

    #draw(arriving = false) {
        const { scrollTop, clientHeight } = this.element;
        const first = Math.max(0, Math.floor(scrollTop / this.#height) - SPARE);
        const last = Math.min(this.#items.length, Math.ceil((scrollTop + clientHeight) / this.#height) + SPARE);
        const wanted = new Map();
        for (let place = first; place < last; place += 1) wanted.set(this.#options.key(this.#items[place]), place);
        for (const [key, row] of this.#rows) {
            if (wanted.has(key)) continue;
            row.remove();
            this.#rows.delete(key);
        }
        let before = null;
        for (const [key, place] of wanted) {
            const row = this.#rows.get(key) ?? this.#make(key, this.#items[place], arriving);
            row.style.transform = `translateY(${place * this.#height}px)`;
            row.firstChild.setAttribute("href", this.#options.href(this.#items[place]));
            row.setAttribute("aria-posinset", place + 1);
            row.setAttribute("aria-setsize", -1);
            const next = before ? before.nextSibling : this.#list.firstChild;
            if (row !== next) this.#list.insertBefore(row, next);
            before = row;
        }
        if (last > this.#items.length - 2 * SPARE && !this.#isOther) this.#more();
    }

    async #more() {
        if (this.#asked) return;
        this.#asked = true;
        await this.#options.more();
        this.#asked = false;
    }

    #make(key, item, arriving) {
        const link = make("a", {}, this.#options.render(item));
        const row = make("li", { class: arriving ? "row arrived" : "row" }, link);
        this.#rows.set(key, row);
        this.#setCurrent(key, row);
        return row;
    }

    #setCurrent(key, row) {
        if (key === this.#current) row.firstChild.setAttribute("aria-current", "true");
        else row.firstChild.removeAttribute("aria-current");
    }
}
