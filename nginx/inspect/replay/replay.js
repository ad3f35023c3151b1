// Replaying a delivery, as it was or with changes: what would run is shown before anything is sent.

import { event, replay as send } from "../api/calls.js";
import { open, reasonField } from "../dom/dialog.js";
import { fill, make } from "../dom/make.js";
import { need, told } from "../frame/signin.js";
import { complain, say } from "../frame/notices.js";
import { go, to } from "../frame/routes.js";
import { editor } from "./editor.js";
import { plan } from "./plan.js";

const PAUSE = 350;
const DRY_RUN = "dry run: shown before the replay";
// The API's word for a replay of a name that it has done.
const DONE_BEFORE = "this replay has already replayed it";

/**
 * Names of the replays that were sent and not yet answered, by all that they do. An answer can get lost on its way: the
 * same replay, sent again, then has the same name, and the API does it once. Another body has another name.
 */
const unanswered = new Map();

const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Opens the dialog, after signing in if need be.
 *
 * @param {object} item the event, as the API has it
 * @param {boolean} isEdited whether to begin with an editor
 * @param {() => void} onReplayed called when it was replayed: its jobs are other ones now
 */
export async function replay(item, isEdited, onReplayed) {
    if (!(await need("replay"))) return;
    if (isEdited && item.request.body.text === null) {
        complain(new Error("The body is not text: it can be replayed unchanged only."));
        return;
    }
    const dialog = new ReplayDialog(item, isEdited, onReplayed);
    dialog.look();
}

class ReplayDialog {
    #item;
    #onReplayed;
    #editor;
    #reason = reasonField();
    #again = make("input", { type: "checkbox", onchange: () => this.look() });
    #preview = make("div", { class: "plan", "aria-live": "polite" });
    #trouble = make("p", { class: "trouble", role: "alert" });
    #button = make("button", { class: "main", type: "submit", disabled: true }, "Replay");
    #dialog;
    #timer = null;
    #asked = 0;

    constructor(item, isEdited, onReplayed) {
        this.#item = item;
        this.#onReplayed = onReplayed;
        this.#editor = isEdited ? editor(item.request.body.text.replace(/^\ufeff/, ""), () => this.#lookSoon()) : null;
        this.#dialog = open({
            title: isEdited ? `Replay event ${item.id} with changes` : `Replay event ${item.id}`,
            kind: isEdited ? "wide" : "",
            body: [
                this.#editor?.element ?? make("p", {}, "The stored delivery goes through the rules again."),
                make("section", {}, make("h3", {}, "What would run"), this.#preview),
                make("label", { class: "check" }, this.#again, "Also repeat effects that have happened"),
                this.#reason.element, this.#trouble,
            ],
            buttons: (close) => [make("button", { type: "button", onclick: close }, "Cancel"), this.#button],
            onsubmit: () => this.#send(),
        });
        (this.#editor?.field ?? this.#reason.input).focus();
    }

    #lookSoon() {
        this.#button.disabled = true;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.look(), PAUSE);
    }

    /** Asks what would run, and shows it. */
    async look() {
        const { set, problem } = this.#editor?.changes() ?? { set: [] };
        this.#asked += 1;
        const asked = this.#asked;
        this.#button.disabled = true;
        if (problem) return fill(this.#preview, make("p", { class: "quiet" }, problem));
        const report = await send(this.#item.id, this.#how(DRY_RUN, true), set).catch((error) => error);
        // Something else has been typed meanwhile.
        if (asked !== this.#asked) return;
        if (report instanceof Error) {
            return fill(this.#preview, make("p", { class: "trouble" }, told(report, "replay", () => this.look())));
        }
        fill(this.#preview, plan(report.events[0]));
        this.#button.disabled = Boolean(report.events[0]?.error);
    }

    async #send() {
        if (this.#button.disabled || !this.#reason.input.reportValidity()) return;
        this.#button.disabled = true;
        fill(this.#trouble);
        const { set } = this.#editor?.changes() ?? { set: [] };
        const what = JSON.stringify([this.#item.id, this.#again.checked, set]);
        const run = unanswered.get(what) ?? newName();
        unanswered.set(what, run);
        try {
            const report = await send(this.#item.id, { ...this.#how(this.#reason.input.value.trim(), false), run }, set);
            unanswered.delete(what);
            const [made] = report.events;
            const isBefore = made?.error === DONE_BEFORE;
            if (made?.error && !isBefore) throw new Error(made.error);
            const id = isBefore && this.#editor ? await this.#newest() : made?.new_event_id;
            this.#dialog.close();
            this.#onReplayed();
            this.#tell(id, isBefore);
        } catch (problem) {
            fill(this.#trouble, told(problem, "replay", () => this.#resume()));
            this.#button.disabled = false;
        }
    }

    /** Somebody has signed in again: the typed text stays, and can be sent. */
    #resume() {
        fill(this.#trouble);
        this.look();
    }

    /** The event that the last replay of this one made. */
    async #newest() {
        const { replays } = await event(this.#item.id).catch(() => ({ replays: [] }));
        return replays.at(-1);
    }

    #how(reason, isDry) {
        return { reason, dry_run: isDry, again: this.#again.checked };
    }

    #tell(id, isBefore) {
        const why = isBefore ? " The first request had reached the server; only its answer was lost." : "";
        if (!id) return say(`Replayed.${why}`);
        say("Replayed as ", make("a", { href: to("deliveries", ["event", id]) }, `event ${id}`), `.${why}`);
        go(to("deliveries", ["event", id]));
    }
}
