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
    const dialog = make("dialog", { class: kind, "aria-labelledby": "dialog-title" });
    const close = () => dialog.close();
    dialog.append(make("form", {
        onsubmit: (event) => {
            event.preventDefault();
            onsubmit?.();
        },
    },
    make("h2", { id: "dialog-title" }, title), body, make("div", { class: "actions end" }, buttons(close))));
    dialog.addEventListener("close", () => {
        dialog.remove();
        onclose?.();
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

/**
 * Asks for a reason, which goes to the operator log, and then does something.
 *
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.verb what the button says
 * @param {Node[]} [options.body] what is to be known before
 * @param {boolean} [options.isDangerous]
 * @param {(reason: string) => Promise<void>} options.task its problem is shown, and the dialog stays
 */
export function askForReason({ title, verb, body = [], isDangerous = false, task }) {
    const field = reasonField();
    const trouble = make("p", { class: "trouble", role: "alert" });
    const button = make("button", { class: isDangerous ? "danger" : "main", type: "submit" }, verb);
    const submit = async () => {
        if (!field.input.reportValidity()) return;
        button.disabled = true;
        try {
            await task(field.input.value.trim());
            dialog.close();
        } catch (problem) {
            trouble.textContent = problem.message;
        }
        button.disabled = false;
    };
    const dialog = open({
        title, body: [...body, field.element, trouble], onsubmit: submit,
        buttons: (close) => [make("button", { type: "button", onclick: close }, "Cancel"), button],
    });
    field.input.focus();
}

/** A field for the reason of a deed. */
export function reasonField() {
    const input = make("input", { name: "reason", required: true, maxlength: 500, autocomplete: "off" });
    const element = make("label", { class: "field" }, make("span", {}, "Why? ", make("span", { class: "quiet" }, "for the operator log")), input);
    return { element, input };
}
