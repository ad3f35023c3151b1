// Copying to the clipboard; where that is not allowed the text is in a dialog, to be copied by hand.

import { say } from "./notices.js";
import { open } from "../dom/dialog.js";
import { make } from "../dom/make.js";

/** Copies a text, and says so. */
export async function copy(text, what) {
    try {
        await navigator.clipboard.writeText(text);
        say(`${what} copied.`);
    } catch {
        const field = make("textarea", { class: "editor", readonly: true, "aria-label": what });
        field.value = text;
        open({
            title: what, body: [make("p", {}, "This browser does not allow the page to copy. Ctrl-C copies the selection.")],
            buttons: (close) => [make("button", { type: "button", onclick: close }, "Close")],
        }).querySelector("form").insertBefore(field, null);
        field.select();
    }
}

/** The button for it. @param {() => string} text made when it is pressed */
export const copyButton = (title, text, key = null) => make("button", {
    type: "button", title: key, "data-key": key, onclick: () => copy(text(), title.replace(/^Copy (as )?/, "").replace(/^./, (letter) => letter.toUpperCase())),
}, title);
