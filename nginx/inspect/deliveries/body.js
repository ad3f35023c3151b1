// A body, formatted or raw. It is text, whatever it holds: it never becomes markup. However long it is, a part of it is
// laid out at a time.

import { fill, make } from "../dom/make.js";
import { reader } from "../dom/text.js";
import { isReadable, pretty } from "../text/json.js";

const HEX_ROW = 16;

/** A body of the API: laid out if it is JSON, raw, or in hexadecimal if it is no text. */
export function body({ text, base64, length }) {
    if (length === 0) return make("p", { class: "quiet" }, "No body.");
    return text === null ? forms({ Hex: () => hex(atob(base64)) }) : textBody(text);
}

/** A body that is text. */
export function textBody(text) {
    if (text === "") return make("p", { class: "quiet" }, "No body.");
    const raw = () => [{ text }];
    // A byte order mark is no part of the JSON after it.
    const json = text.replace(/^\ufeff/, "");
    return forms(isReadable(json) ? { Pretty: () => pretty(json), Raw: raw } : { Raw: raw });
}

/** Radio buttons between forms; the first is shown. */
function forms(makers) {
    const place = make("div", { class: "code", tabindex: 0, role: "group", "aria-label": "Body" });
    const names = Object.keys(makers);
    const show = (name) => {
        fill(place, reader(makers[name]()));
        for (const button of buttons) button.setAttribute("aria-pressed", String(button.textContent === name));
    };
    const buttons = names.map((name) => make("button", { class: "bare", type: "button", onclick: () => show(name) }, name));
    show(names[0]);
    return make("div", { class: "body" }, make("div", { class: "switch", role: "group", "aria-label": "Form of the body" }, buttons), place);
}

/** Offset, bytes and printable characters, sixteen a row. */
function* hex(text) {
    for (let start = 0; start < text.length; start += HEX_ROW) {
        const part = text.slice(start, start + HEX_ROW);
        const codes = Array.from(part, (character) => character.charCodeAt(0).toString(16).padStart(2, "0"));
        const printable = part.replace(/[^\x20-\x7e]/g, "·");
        yield { text: `${start.toString(16).padStart(6, "0")}  ${codes.join(" ").padEnd(HEX_ROW * 3 - 1)}  ${printable}\n` };
    }
}
