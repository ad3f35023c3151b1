// Modal dialogs: the browser's own, which keep the focus inside and end with Escape.

import { make } from "./make.js";

/**
 * Opens a dialog.
 *
 * @param {object} options
 * @param {string} options.title
 * @param {string} [options.kind] a class: `wide` for editors
 * @param {Node[]} options.body
 * @param {(close: () => void) => Node[]} options.buttons
 * @param {() => void} [options.onsubmit] what Enter in a field does; without it nothing
 * @returns {HTMLDialogElement} closed, it is gone
 */
export function open({ title, kind = "", body, buttons, onsubmit, onclose }) {
    const dialog = make("dialog", { class: kind, "aria-label": title });
    const close = () => dialog.close();
    dialog.append(make("form", {
        onsubmit: (event) => {
            event.preventDefault();
            onsubmit?.();
        },
    },
    make("h2", {}, title), body, make("div", { class: "actions end" }, buttons(close))));
    dialog.addEventListener("close", () => {
        dialog.remove();
        onclose?.();
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

/** A field for the reason of an operation. */
export function reasonField() {
    const input = make("input", { name: "reason", required: true, maxlength: 500, autocomplete: "off" });
    const element = make("label", { class: "field" }, make("span", {}, "Why? ", make("span", { class: "quiet" }, "for the operator log")), input);
    return { element, input };
}
