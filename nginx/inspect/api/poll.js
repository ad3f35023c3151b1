// Polls: once a second while the page is visible, not at all while it is hidden, and less and less often while
// there is no answer. No request is held open, and there is never more than one of a poll.

const LONGEST = 30_000;

export class Poll {
    #task;
    #every;
    #onState;
    #timer = null;
    #asking = null;
    #failures = 0;
    #running = false;
    #seen = () => (document.hidden ? this.#rest("paused") : this.now());

    /**
     * @param {(signal: AbortSignal) => Promise<void>} task
     * @param {number|(() => number)} every milliseconds between the end of one and the start of the next
     * @param {(state: "live"|"paused"|"broken", problem?: Error, wait?: ?number) => void} onState null: it
     *   will not ask again
     */
    constructor(task, every, onState = () => {}) {
        this.#task = task;
        this.#every = typeof every === "function" ? every : () => every;
        this.#onState = onState;
    }

    start() {
        if (this.#running) return;
        this.#running = true;
        document.addEventListener("visibilitychange", this.#seen);
        this.#seen();
    }

    stop() {
        if (!this.#running) return;
        this.#running = false;
        document.removeEventListener("visibilitychange", this.#seen);
        this.#rest("paused");
    }

    /** Asks at once, without waiting for the next time. */
    async now() {
        if (!this.#running || this.#asking) return;
        clearTimeout(this.#timer);
        const asking = new AbortController();
        this.#asking = asking;
        let wait = this.#every();
        try {
            await this.#task(asking.signal);
            this.#failures = 0;
            if (!asking.signal.aborted) this.#onState("live");
        } catch (problem) {
            if (asking.signal.aborted) return;
            if (problem.status === 400) return this.#refused(problem);
            this.#failures += 1;
            wait = Math.min(LONGEST, problem.retryAfter ? problem.retryAfter * 1000 : this.#every() * 2 ** this.#failures);
            this.#onState("broken", problem, wait);
        } finally {
            if (this.#asking === asking) this.#asking = null;
        }
        if (!asking.signal.aborted) this.#timer = setTimeout(() => this.now(), wait);
    }

    /** The question itself is wrong, and would be the next time. */
    #refused(problem) {
        this.#running = false;
        document.removeEventListener("visibilitychange", this.#seen);
        this.#onState("broken", problem, null);
    }

    #rest(state) {
        clearTimeout(this.#timer);
        this.#asking?.abort();
        this.#asking = null;
        this.#onState(state);
    }
}
