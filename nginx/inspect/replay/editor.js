// The body of a delivery in an editor, with the difference to what was delivered beside it.

import { fill, make } from "../dom/make.js";
import { cut, shown as marked } from "../dom/text.js";
import { excerpt, lines } from "../text/diff.js";
import { isReadable, prettyText } from "../text/json.js";
import { count } from "../text/numbers.js";
import { changes, parse, Unsayable } from "../text/tree.js";
import { escaped } from "../text/visible.js";
import { memberEditor } from "./member.js";

/** The most places that the API changes in one replay. */
const MOST = 50;
// A field of more than that, or of one such line, keeps a browser busy for minutes.
const LONGEST_TEXT = 60_000;
const LONGEST_TOKEN = 1000;
const DIFFERENCE = 200;

/**
 * @param {string} text the raw body
 * @param {() => void} onchange
 * @returns {{element: Node, field: HTMLElement, changes: () => {set: object[], problem: ?string}}} `changes`: what
 *   is to be set, or why that cannot be sent
 */
export function editor(text, onchange) {
    const folded = new Folded();
    const original = isReadable(text) && text.length < 4 << 20 ? prettyText(text, (token) => folded.show(token)) : text;
    if (original.length > LONGEST_TEXT || original.split("\n").some((line) => line.length > 4 * LONGEST_TOKEN)) return memberEditor(text, onchange);
    const field = make("textarea", {
        class: "editor", "aria-label": "Body", spellcheck: "false", autocomplete: "off", autocapitalize: "off",
        oninput: () => {
            draw();
            onchange();
        },
    });
    field.value = original;
    const diff = make("div", { class: "code", tabindex: 0, role: "group", "aria-label": "Difference" });
    const summary = make("p", { class: "quiet small" });

    function draw() {
        const changed = excerpt(lines(original, field.value)).filter((line, _, all) => all.some(({ kind }) => kind === "added" || kind === "removed"));
        const rest = changed.length - DIFFERENCE;
        fill(diff, changed.length === 0 ? make("p", { class: "quiet" }, "No changes yet.")
            : make("pre", {}, changed.slice(0, DIFFERENCE).map(diffLine), rest > 0 && `… and ${count(rest)} more lines`));
        const { set, problem } = wanted();
        summary.textContent = cut(problem ?? set.map(({ path }) => path).join(", "), 500);
    }

    function wanted() {
        if (field.value.length > 10 * LONGEST_TEXT) return { set: [], problem: "This is too long to edit here." };
        try {
            const set = changes(parse(original), parse(field.value), (token) => folded.restore(token));
            if (set.length > MOST) return { set, problem: `${set.length} changes; at most ${MOST} are allowed.` };
            return { set, problem: set.length === 0 ? "Change something first, or replay it unchanged." : null };
        } catch (error) {
            if (error instanceof Unsayable) return { set: [], problem: error.message };
            if (error instanceof RangeError) return { set: [], problem: "Nested too deeply to change here; it can be replayed unchanged." };
            return { set: [], problem: `Not JSON yet. ${error.message}` };
        }
    }

    draw();
    const element = make("div", { class: "editing" },
        make("section", {}, make("h3", {}, "Body"), field, folded.note()),
        make("section", {}, make("h3", {}, "Difference"), diff, summary));
    return { element, field, changes: wanted };
}

/**
 * Tokens that a field cannot show as they are: long strings are folded into a short one, hidden characters stand as
 * escapes. What is not touched is sent as it was.
 */
class Folded {
    #originals = new Map();
    #number = 0;

    show(token) {
        let shown = escaped(token);
        if (shown.length > LONGEST_TOKEN) {
            this.#number += 1;
            shown = `"⟪folded ${this.#number}: ${count(token.length - 2)} characters⟫"`;
        }
        if (shown !== token) this.#originals.set(shown, token);
        return shown;
    }

    restore(token) {
        return this.#originals.get(token) ?? token;
    }

    note() {
        if (this.#number === 0) return null;
        return make("p", { class: "quiet small" }, "A folded text ⟪…⟫ stays as it was, unless you replace it.");
    }
}

const MARKS = { added: "+ ", removed: "− ", same: "  ", gap: "" };

const diffLine = ({ kind, text }) => make("span", { class: `line ${kind}` }, MARKS[kind], marked(text.length > LONGEST_TOKEN ? `${text.slice(0, LONGEST_TOKEN)}…` : text), "\n");
