// The deliveries of one filter: pages of older ones as they are asked for, new ones as they come, and what became of
// those whose jobs were still open.

import { deliveries } from "../api/calls.js";
import { Poll } from "../api/poll.js";

const PAGE = 100;
const OPEN = new Set(["pending", "processing"]);
// As many ids as one question may hold.
const MOST_IDS = 200;

export const keyOf = (item) => `${item.kind}/${item.id}`;

export class Feed {
    items = [];
    #filter;
    #on;
    #known = new Set();
    #next = null;
    #live = null;
    #begun = false;
    #poll;
    #watch;
    #ended = new AbortController();

    /**
     * @param {object} filter the query of the API
     * @param {object} on `items(added)`: `added` new ones stand at the top; `item(item)`: its state has changed;
     *   `state(state, problem, wait)`: how asking goes
     */
    constructor(filter, on) {
        this.#filter = filter;
        this.#on = on;
        this.#poll = new Poll((signal) => this.#ask(signal), 1000, on.state);
        this.#watch = new Poll((signal) => this.#lookAgain(signal), 2000);
    }

    start() {
        this.#poll.start();
        this.#watch.start();
    }

    pause() {
        this.#poll.stop();
        this.#watch.stop();
    }

    close() {
        this.pause();
        this.#ended.abort();
    }

    get hasOlder() { return this.#next !== null; }

    /** Takes the next page of older ones; nothing when there is none. */
    async older() {
        if (this.#next === null) return;
        const page = await deliveries({ ...this.#filter, limit: PAGE, before: this.#next }, this.#ended.signal);
        this.#next = page.next;
        this.items = [...this.items, ...this.#unknown(page.data)];
        this.#on.items(0);
    }

    async #ask(signal) {
        if (this.#begun) return this.#newer(signal);
        const page = await deliveries({ ...this.#filter, limit: PAGE }, signal);
        this.#next = page.next;
        this.#live = page.live;
        this.#begun = true;
        this.items = this.#unknown(page.data);
        this.#on.items(0);
    }

    async #newer(signal) {
        for (let more = true; more;) {
            const page = await deliveries({ ...this.#filter, limit: MOST_IDS, after: this.#live }, signal);
            this.#live = page.live;
            more = page.has_more;
            const added = this.#unknown(page.data).reverse();
            if (added.length === 0) continue;
            this.items = [...added, ...this.items];
            this.#on.items(added.length);
        }
    }

    async #lookAgain(signal) {
        const open = new Map(this.items.filter((item) => OPEN.has(item.state)).slice(0, MOST_IDS).map((item) => [item.id, item]));
        if (open.size === 0) return;
        const { data } = await deliveries({ ids: [...open.keys()].join(","), limit: MOST_IDS }, signal);
        for (const now of data) {
            const item = open.get(now.id);
            if (now.kind !== "event" || !item || (item.state === now.state && item.attempts === now.attempts)) continue;
            Object.assign(item, now);
            this.#on.item(item);
        }
    }

    #unknown(data) {
        const fresh = data.filter((item) => !this.#known.has(keyOf(item)));
        for (const item of fresh) this.#known.add(keyOf(item));
        return fresh;
    }
}
