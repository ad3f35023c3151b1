// The deliveries of one filter: pages of older ones on request, new ones as they arrive, and the state of those whose
// jobs were still open, or may be so again.

import { deliveries } from "../api/calls.js";
import { Poll } from "../api/poll.js";

const PAGE = 100;
const OPEN = new Set(["pending", "processing"]);
// As many ids as one question may hold.
const MOST_IDS = 200;
// The answer to a cursor from before a restore of the database.
const STALE = 409;

export const keyOf = (item) => `${item.kind}/${item.id}`;

export class Feed {
    items = [];
    /** The time back to which a search has looked; null when it has ended or is at the end of a page. */
    searchedTo = null;
    #filter;
    #on;
    #known = new Map();
    #replayed = new Set();
    #next = null;
    #live = null;
    #begun = false;
    #polls;
    #watch;
    #ended = new AbortController();

    /**
     * @param {object} filter the query of the API
     * @param {object} on `items(added)`: `added` new ones are at the top; `item(item)`: its state has changed;
     *   `state(state, problem, wait)`: how asking goes; `seen()`: the keys of the rows on the screen
     */
    constructor(filter, on) {
        this.#filter = filter;
        this.#on = on;
        this.#watch = new Poll((signal) => this.#lookAgain(signal), 2000);
        this.#polls = [new Poll((signal) => this.#ask(signal), 1000, on.state), this.#watch];
        if (filter.state) this.#polls.push(new Poll((signal) => this.#others(signal), 4000));
    }

    start() {
        for (const poll of this.#polls) poll.start();
    }

    pause() {
        for (const poll of this.#polls) poll.stop();
    }

    /** Takes the first page, and asks no more than that: for a list that is paused. */
    first() {
        return this.#ask(this.#ended.signal);
    }

    /** Looks at a delivery again, whatever its state was: it was replayed. */
    lookAt(key) {
        this.#replayed.add(key);
        this.#watch.now();
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
        this.searchedTo = page.searched_to;
        this.items = this.#inOrder([...this.items, ...this.#unknown(page.data)]);
        this.#on.items(0);
    }

    async #ask(signal) {
        if (this.#begun) return this.#newer(signal);
        const page = await deliveries({ ...this.#filter, limit: PAGE }, signal);
        // Somebody else has asked meanwhile.
        if (this.#begun) return;
        this.#live = page.live;
        this.#begun = true;
        this.#begin(page);
    }

    #begin(page) {
        this.#next = page.next;
        this.searchedTo = page.searched_to;
        this.#known.clear();
        this.items = this.#unknown(page.data);
        this.#on.items(0);
    }

    async #newer(signal) {
        for (let more = true; more;) {
            const page = await deliveries({ ...this.#filter, limit: MOST_IDS, after: this.#live }, signal).catch((problem) => {
                // The database was restored or failed over: the list starts again.
                if (problem.status === STALE) this.#begun = false;
                throw problem;
            });
            this.#live = page.live;
            more = page.has_more;
            this.#insert(this.#unknown(page.data).reverse());
        }
    }

    /**
     * The newest page of those in a state again. The cursor passes a delivery once; it may have come into the state only
     * after that, as every one does that completes or fails.
     */
    async #others(signal) {
        if (!this.#begun) return;
        const page = await deliveries({ ...this.#filter, limit: PAGE }, signal);
        // More has come than a page holds: what is between it and the list is not known.
        if (page.next !== null && !page.data.some((item) => this.#known.has(keyOf(item)))) return this.#begin(page);
        this.#update(page.data);
        this.#insert(this.#unknown(page.data));
    }

    // Those on the screen come first. A dead letter may be retried, and by others, too.
    async #lookAgain(signal) {
        const seen = new Set(this.#on.seen());
        const replayed = [...this.#replayed];
        const mayChange = (item) => OPEN.has(item.state) || this.#replayed.has(keyOf(item))
            || (item.state === "failed" && seen.has(keyOf(item)));
        const watched = this.items.filter(mayChange).sort((a, b) => seen.has(keyOf(b)) - seen.has(keyOf(a))).slice(0, MOST_IDS);
        if (watched.length === 0) return;
        const { data } = await deliveries({ ids: watched.map((item) => item.id).join(","), limit: MOST_IDS }, signal);
        this.#update(data);
        for (const key of replayed) this.#replayed.delete(key);
    }

    #update(data) {
        for (const now of data) {
            const item = this.#known.get(keyOf(now));
            if (!item || (item.state === now.state && item.attempts === now.attempts)) continue;
            Object.assign(item, now);
            this.#on.item(item);
        }
    }

    #insert(fresh) {
        if (fresh.length === 0) return;
        const [top] = this.items;
        this.items = this.#inOrder([...fresh, ...this.items]);
        this.#on.items(top ? this.items.indexOf(top) : fresh.length);
    }

    /** In order of arrival; under a state, where old ones appear late, by time of receipt. */
    #inOrder(items) {
        const age = (a, b) => Date.parse(b.received_at) - Date.parse(a.received_at) || Number(b.id) - Number(a.id);
        return this.#filter.state ? items.sort(age) : items;
    }

    #unknown(data) {
        const fresh = data.filter((item) => !this.#known.has(keyOf(item)));
        for (const item of fresh) this.#known.set(keyOf(item), item);
        return fresh;
    }
}
