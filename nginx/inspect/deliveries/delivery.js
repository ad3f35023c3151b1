// One delivery: fetched, shown, and fetched again while its jobs are open, and when it was replayed.

import { event, handshake, refusal } from "../api/calls.js";
import { Problem } from "../api/request.js";
import { Poll } from "../api/poll.js";
import { fill, make } from "../dom/make.js";
import { troubleOf } from "../frame/trouble.js";
import { replay } from "../replay/replay.js";
import { eventPage } from "./event.js";
import { handshakePage } from "./handshake.js";
import { refusalPage } from "./refusal.js";

const OPEN = new Set(["pending", "processing"]);

const KINDS = {
    event: { ask: event, page: eventPage },
    refusal: { ask: refusal, page: refusalPage },
    handshake: { ask: handshake, page: handshakePage },
};

/**
 * Shows a delivery in its pane.
 *
 * @param {HTMLElement} pane
 * @param {string} kind event, refusal or handshake
 * @param {string} id
 * @param {() => void} back
 * @param {() => void} onReplayed
 * @returns `look` fetches it again, and as long as its jobs are open
 */
export function openDelivery(pane, kind, id, back, onReplayed) {
    let item = null;
    let isClosed = false;
    const isEvent = kind === "event";
    const poll = new Poll(async (signal) => {
        if (!Object.hasOwn(KINDS, kind)) throw new Problem(404, "Not found", null, null);
        const now = await KINDS[kind].ask(id, signal);
        if (JSON.stringify(now) !== JSON.stringify(item)) {
            const isFirst = item === null;
            item = now;
            draw(isFirst);
        }
        if (!OPEN.has(item.state) && !item.quarantine?.is_asked) poll.stop();
    }, 1000, (state, problem) => {
        if (state === "broken" && !item) fill(pane, troubleOf("Delivery", problem, () => poll.now(), wayBack()));
        if (problem?.status === 404) poll.stop();
    });

    const wayBack = () => make("button", { class: "bare back", onclick: back }, "← All deliveries");

    // What was unfolded stays so, and so does what is selected, as far as only the lower half is drawn again.
    function draw(isFirst) {
        const page = KINDS[kind].page(item, actions);
        if (isFirst) return fill(pane, make("article", { class: "page" }, wayBack(), page));
        const article = pane.querySelector("article");
        page.forEach((part) => {
            const old = part.dataset.part && article.querySelector(`[data-part="${part.dataset.part}"]`);
            if (old) old.replaceWith(part);
        });
    }

    // An answer that is under way was given before.
    function look() {
        poll.stop();
        if (!isClosed) poll.start();
    }

    function replayed() {
        look();
        onReplayed();
    }

    const actions = { look, replay: () => replay(item, false, replayed), change: () => replay(item, true, replayed) };
    fill(pane, make("p", { class: "page quiet" }, "…"));
    poll.start();
    return {
        look,
        close: () => {
            isClosed = true;
            poll.stop();
        },
        keys: isEvent ? { r: () => item && actions.replay(), e: () => item && actions.change() } : {},
    };
}
