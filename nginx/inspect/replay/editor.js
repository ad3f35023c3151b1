// The body of a delivery in an editor, with the difference to what was delivered beside it.

import { fill, make } from "../dom/make.js";
import { excerpt, lines } from "../text/diff.js";
import { prettyText } from "../text/json.js";
import { changes, parse, Unsayable } from "../text/tree.js";

/** The most places that the API changes in one replay. */
const MOST = 50;

/**
 * @param {string} text the body as it came
 * @param {() => void} onchange
 * @returns {{element: Node, field: HTMLTextAreaElement, changes: () => {set: object[], problem: ?string}}} `changes`: what
 *   is to be set, or why that can not be sent
 */
export function editor(text, onchange) {
    const original = prettyText(text);
    const field = make("textarea", {
        class: "editor", "aria-label": "Body", spellcheck: "false", autocomplete: "off", autocapitalize: "off",
        oninput: () => {
            draw();
            onchange();
        },
    });
    field.value = original;
    const diff = make("div", { class: "code", tabindex: 0, role: "region", "aria-label": "Difference" });
    const summary = make("p", { class: "quiet small" });

    function draw() {
        const changed = excerpt(lines(original, field.value)).filter((line, _, all) => all.some(({ kind }) => kind === "added" || kind === "removed"));
        fill(diff, changed.length === 0 ? make("p", { class: "quiet" }, "Nothing is changed so far.") : make("pre", {}, changed.map(diffLine)));
        const { set, problem } = wanted();
        summary.textContent = problem ?? set.map(({ path }) => path).join(", ");
    }

    function wanted() {
        try {
            const set = changes(parse(text), parse(field.value));
            if (set.length > MOST) return { set, problem: `${set.length} places are changed; ${MOST} are the most.` };
            return { set, problem: set.length === 0 ? "Change something first; or replay it as it was." : null };
        } catch (error) {
            if (error instanceof Unsayable) return { set: [], problem: error.message };
            if (error instanceof RangeError) return { set: [], problem: "Nested too deep to be changed here; it can be replayed as it was." };
            return { set: [], problem: `Not JSON yet. ${error.message}` };
        }
    }

    draw();
    const element = make("div", { class: "editing" },
        make("section", {}, make("h3", {}, "Body"), field),
        make("section", {}, make("h3", {}, "Difference"), diff, summary));
    return { element, field, changes: wanted };
}

const MARKS = { added: "+ ", removed: "− ", same: "  ", gap: "" };

const diffLine = ({ kind, text }) => make("span", { class: `line ${kind}` }, `${MARKS[kind]}${text}\n`);
