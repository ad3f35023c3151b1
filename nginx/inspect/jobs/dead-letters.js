// Dead letters: chosen singly or all, and retried or discarded with a reason.

import { discard, retry } from "../api/calls.js";
import { fill, make } from "../dom/make.js";
import { long } from "../dom/text.js";
import { empty, id, named, since, table } from "../dom/parts.js";
import { say } from "../frame/notices.js";
import { askForReason } from "../frame/reason.js";
import { to } from "../frame/routes.js";
import { count, counted } from "../text/numbers.js";

export class DeadLetters {
    element = make("div", { class: "letters" });
    #letters = [];
    #total = 0;
    #chosen = new Set();
    #onMoved;
    #shown = "";

    /** @param {() => void} onMoved called when some were retried or discarded */
    constructor(onMoved) {
        this.#onMoved = onMoved;
    }

    /**
     * Shows these; those that were chosen stay so. Nothing is touched when nothing has changed.
     *
     * @param {object[]} letters the oldest
     * @param {number} total how many there are
     */
    show(letters, total) {
        const text = JSON.stringify([letters, total]);
        if (text === this.#shown) return;
        this.#shown = text;
        this.#letters = letters;
        this.#total = total;
        this.#chosen = new Set(letters.map((letter) => letter.job_id).filter((id) => this.#chosen.has(id)));
        // People who use the keyboard keep their place.
        const { job } = this.element.contains(document.activeElement) ? document.activeElement.dataset : {};
        this.#draw();
        if (job) this.#focus(job);
    }

    get keys() {
        const boxes = () => [...this.element.querySelectorAll("tbody input")];
        const move = (by) => {
            const all = boxes();
            const at = all.indexOf(document.activeElement);
            all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]?.focus();
        };
        return { j: () => move(1), k: () => move(-1) };
    }

    #draw() {
        if (this.#letters.length === 0) {
            fill(this.element, empty("No dead letters.", "A job that fails for good stays here until it is retried or discarded."));
            return;
        }
        const isAll = this.#letters.length >= this.#total;
        const all = make("input", { type: "checkbox", "aria-label": isAll ? "Choose all" : "Choose all shown", onchange: () => this.#chooseAll(all.checked) });
        all.checked = this.#chosen.size === this.#letters.length;
        all.indeterminate = this.#chosen.size > 0 && !all.checked;
        const ids = () => [...this.#chosen];
        const none = this.#chosen.size === 0;
        fill(this.element,
            make("div", { class: "actions chosen" },
                make("label", { class: "check" }, all, none ? this.#number(isAll) : `${this.#chosen.size} chosen`),
                make("button", { disabled: none, onclick: () => this.#retry(ids()) }, "Retry"),
                make("button", { class: "danger", disabled: none, onclick: () => this.#discard(ids()) }, "Discard"),
                !isAll && make("span", { class: "quiet small" }, "The box chooses the shown ones. The rest appear once these are done.")),
            table("Dead letters", [["Choice", "unseen"], ["Job"], ["About"], ["Why", "long"], ["Failed first"], ["Actions", "unseen"]], this.#letters.map((letter) => this.#row(letter))));
    }

    #number(isAll) {
        const shown = this.#letters.length;
        return isAll ? counted(shown, "dead letter") : `The oldest ${count(shown)} of ${counted(this.#total, "dead letter")}`;
    }

    #row(letter) {
        const box = make("input", {
            type: "checkbox", "aria-label": `Choose job ${letter.job_id}`, "data-job": letter.job_id,
            onchange: () => this.#choose(letter.job_id, box.checked),
        });
        box.checked = this.#chosen.has(letter.job_id);
        return [
            box,
            named(make("strong", {}, letter.action), letter.kind, ` · job ${letter.job_id}`),
            named(letter.order_row ? make("a", { href: to("orders", [letter.order_row]) }, "order ", id(letter.order_id)) : null,
                make("a", { href: to("deliveries", ["event", letter.event_id]) }, `event ${letter.event_id}`)),
            make("span", {}, long(letter.last_error ?? "–"), letter.uncertain ? make("span", { class: "state waiting" }, " Its effect may have happened.") : null),
            named(since(letter.first_failed_at ?? letter.created_at), counted(letter.attempts, "attempt")),
            make("span", { class: "actions end tight" },
                make("button", { "aria-label": `Retry job ${letter.job_id}`, onclick: () => this.#retry([letter.job_id]) }, "Retry"),
                make("button", { class: "danger", "aria-label": `Discard job ${letter.job_id}`, onclick: () => this.#discard([letter.job_id]) }, "Discard")),
        ];
    }

    #choose(id, isChosen) {
        if (isChosen) this.#chosen.add(id);
        else this.#chosen.delete(id);
        this.#draw();
        this.#focus(id);
    }

    #focus(id) {
        this.element.querySelector(`[data-job="${id}"]`)?.focus();
    }

    #chooseAll(isChosen) {
        this.#chosen = new Set(isChosen ? this.#letters.map((letter) => letter.job_id) : []);
        this.#draw();
        this.element.querySelector("input")?.focus();
    }

    #retry(ids) {
        const doubtful = this.#letters.filter((letter) => ids.includes(letter.job_id) && letter.uncertain).length;
        const box = make("input", { type: "checkbox" });
        askForReason({
            title: `Retry ${counted(ids.length, "dead letter")}`, verb: "Retry", scope: "replay",
            body: doubtful === 0 ? [] : [make("label", { class: "check" }, box,
                `Also the ${doubtful} whose effect may have happened: the effect may then happen twice`)],
            task: async (reason) => {
                const { moved, uncertain } = await retry({ ids, reason, uncertain: box.checked });
                this.#tell("retried", moved, uncertain);
            },
        });
    }

    #discard(ids) {
        askForReason({
            title: `Discard ${counted(ids.length, "dead letter")}`, verb: "Discard", scope: "admin", isDangerous: true,
            body: [make("p", {}, "Discarded for good. Events and attempts stay in the ledger.")],
            task: async (reason) => this.#tell("discarded", (await discard({ ids, reason })).moved, []),
        });
    }

    #tell(what, moved, passedOver) {
        const rest = passedOver.length > 0 ? ` ${passedOver.length} skipped: their effect may have happened.` : "";
        say(`${counted(moved.length, "dead letter")} ${what}.${rest}`);
        this.#chosen.clear();
        this.#onMoved();
    }
}
