// Searches that a person keeps in this browser, by the view that they are of. A search may name a customer: it is kept
// nowhere else, and is gone when the person removes it.

import { open } from "../dom/dialog.js";
import { fill, make } from "../dom/make.js";
import { go, to } from "./routes.js";

const KEY = "hookledger-searches";
const MOST = 50;
const NEW = "+";
const REMOVE = "-";

function recall() {
    try {
        const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
        return Array.isArray(kept) ? kept.filter((each) => each && typeof each.name === "string" && typeof each.href === "string" && each.href.startsWith("#/")) : [];
    } catch { return []; }
}

function keep(searches) {
    try { localStorage.setItem(KEY, JSON.stringify(searches.slice(-MOST))); } catch { /* A browser that keeps nothing has none. */ }
}

/**
 * The choice of them. @param {string} view @param {() => object} query what is searched for right now
 */
export function saved(view, query) {
    const element = make("select", { "aria-label": "Saved searches", onchange: () => choose(element.value) });
    const here = () => to(view, [], query());
    const isOfView = ({ href }) => href === `#/${view}` || href.startsWith(`#/${view}?`);

    function tell() {
        const known = recall().filter(isOfView);
        const current = known.find(({ href }) => href === here());
        fill(element, make("option", { value: "" }, "Saved searches"), known.map(({ name, href }) => make("option", { value: href }, name)),
            current ? make("option", { value: REMOVE }, `Remove “${current.name}”`)
                : here() !== to(view) && make("option", { value: NEW }, "Save this search …"));
        element.value = current?.href ?? "";
    }

    function choose(value) {
        if (value === NEW) return name();
        if (value === REMOVE) {
            keep(recall().filter(({ href }) => href !== here()));
            return tell();
        }
        go(value || to(view));
    }

    function name() {
        const field = make("input", { name: "search", required: true, maxlength: 60, autocomplete: "off" });
        const dialog = open({
            title: "Save this search", body: [make("label", { class: "field" }, "Name", field),
                make("p", { class: "quiet small" }, "It is stored in this browser only.")],
            buttons: (close) => [make("button", { type: "button", onclick: close }, "Cancel"), make("button", { class: "main", type: "submit" }, "Save")],
            onsubmit: () => {
                if (!field.reportValidity()) return;
                const href = here();
                keep([...recall().filter((each) => each.href !== href), { name: field.value.trim(), href }]);
                dialog.close();
            },
            onclose: () => {
                tell();
                element.focus();
            },
        });
        field.focus();
    }

    tell();
    return { element, tell };
}
