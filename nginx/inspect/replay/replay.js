// Replaying a delivery, as it was or with changes: what would run is shown before anything is sent.

import { replay as send } from "../api/calls.js";
import { open, reasonField } from "../dom/dialog.js";
import { fill, make } from "../dom/make.js";
import { need } from "../frame/signin.js";
import { complain, say } from "../frame/notices.js";
import { go, to } from "../frame/routes.js";
import { editor } from "./editor.js";
import { plan } from "./plan.js";

const PAUSE = 350;
const DRY_RUN = "dry run: shown before the replay";

/**
 * Opens the dialog, after signing in if need be.
 *
 * @param {object} item the event, as the API has it
 * @param {boolean} isEdited whether to begin with an editor
 */
export async function replay(item, isEdited) {
    if (!(await need("replay"))) return;
    if (isEdited && item.request.body.text === null) {
        complain(new Error("The body is no text: it can be replayed as it was, not with changes."));
        return;
    }
    const dialog = new ReplayDialog(item, isEdited);
    dialog.look();
}

class ReplayDialog {
    #item;
    #editor;
    #reason = reasonField();
    #again = make("input", { type: "checkbox", onchange: () => this.look() });
    #preview = make("div", { class: "plan", "aria-live": "polite" });
    #trouble = make("p", { class: "trouble", role: "alert" });
    #button = make("button", { class: "main", type: "submit", disabled: true }, "Replay");
    #dialog;
    #timer = null;
    #asked = 0;

    constructor(item, isEdited) {
        this.#item = item;
        this.#editor = isEdited ? editor(item.request.body.text, () => this.#lookSoon()) : null;
        this.#dialog = open({
            title: isEdited ? `Replay event ${item.id} with changes` : `Replay event ${item.id}`,
            kind: isEdited ? "wide" : "",
            body: [
                this.#editor?.element ?? make("p", {}, "The same delivery goes through the rules again, as it was stored."),
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
        if (report instanceof Error) return fill(this.#preview, make("p", { class: "trouble" }, report.message));
        fill(this.#preview, plan(report.events[0]));
        this.#button.disabled = Boolean(report.events[0]?.error);
    }

    async #send() {
        if (this.#button.disabled || !this.#reason.input.reportValidity()) return;
        this.#button.disabled = true;
        this.#trouble.textContent = "";
        try {
            const { set } = this.#editor?.changes() ?? { set: [] };
            const report = await send(this.#item.id, this.#how(this.#reason.input.value.trim(), false), set);
            const [made] = report.events;
            if (made?.error) throw new Error(made.error);
            this.#dialog.close();
            this.#tell(made?.new_event_id);
        } catch (problem) {
            this.#trouble.textContent = problem.message;
            this.#button.disabled = false;
        }
    }

    #how(reason, isDry) {
        return { reason, dry_run: isDry, again: this.#again.checked };
    }

    #tell(id) {
        if (!id) return say("Replayed.");
        say("Replayed as ", make("a", { href: to("deliveries", ["event", id]) }, `event ${id}`), ".");
        go(to("deliveries", ["event", id]));
    }
}
