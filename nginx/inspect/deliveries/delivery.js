// One delivery: fetched, shown, and looked at again while its jobs are open.

import { event, refusal } from "../api/calls.js";
import { Poll } from "../api/poll.js";
import { fill, make } from "../dom/make.js";
import { trouble } from "../dom/parts.js";
import { replay } from "../replay/replay.js";
import { eventPage } from "./event.js";
import { refusalPage } from "./refusal.js";

const OPEN = new Set(["pending", "processing"]);

/**
 * Shows a delivery in its pane.
 *
 * @param {HTMLElement} pane
 * @param {string} kind event or refusal
 * @param {string} id
 * @param {() => void} back
 */
export function openDelivery(pane, kind, id, back) {
    let item = null;
    const isEvent = kind === "event";
    const poll = new Poll(async (signal) => {
        if (item && !OPEN.has(item.state)) return poll.stop();
        const now = isEvent ? await event(id, signal) : await refusal(id, signal);
        if (item && JSON.stringify(now) === JSON.stringify(item)) return;
        const isFirst = item === null;
        item = now;
        draw(isFirst);
    }, 1000, (state, problem) => {
        if (state === "broken" && !item) fill(pane, trouble(problem, () => poll.now()));
        if (problem?.status === 404) poll.stop();
    });

    // What was unfolded stays so, and so does what is selected, as far as only the lower half is drawn again.
    function draw(isFirst) {
        const page = isEvent ? eventPage(item, actions) : refusalPage(item);
        const link = make("button", { class: "bare back", onclick: back }, "← All deliveries");
        if (isFirst) return fill(pane, make("article", { class: "page" }, link, page));
        const article = pane.querySelector("article");
        page.forEach((part) => {
            const old = part.dataset.part && article.querySelector(`[data-part="${part.dataset.part}"]`);
            if (old) old.replaceWith(part);
        });
    }

    const actions = { replay: () => replay(item, false), change: () => replay(item, true) };
    fill(pane, make("p", { class: "page quiet" }, "…"));
    poll.start();
    return {
        close: () => poll.stop(),
        keys: isEvent ? { r: () => item && actions.replay(), e: () => item && actions.change() } : {},
    };
}
