// Deeds that need a reason.

import { open, reasonField } from "../dom/dialog.js";
import { fill, make } from "../dom/make.js";
import { need, told } from "./signin.js";

/**
 * Asks for a reason, which goes to the operator log, and then does something.
 *
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.verb what the button says
 * @param {Node[]} [options.body] what is to be known before
 * @param {string} options.scope what the deed takes; without it one signs in first
 * @param {boolean} [options.isDangerous]
 * @param {(reason: string) => Promise<void>} options.task its problem is shown, and the dialog stays
 */
export async function askForReason({ title, verb, scope, body = [], isDangerous = false, task }) {
    if (!(await need(scope))) return;
    const field = reasonField();
    const trouble = make("p", { class: "trouble", role: "alert" });
    const button = make("button", { class: isDangerous ? "danger" : "main", type: "submit" }, verb);
    const submit = async () => {
        if (!field.input.reportValidity()) return;
        button.disabled = true;
        fill(trouble);
        try {
            await task(field.input.value.trim());
            dialog.close();
        } catch (problem) {
            fill(trouble, told(problem, scope, () => fill(trouble)));
        }
        button.disabled = false;
    };
    const dialog = open({
        title, body: [...body, field.element, trouble], onsubmit: submit,
        buttons: (close) => [make("button", { type: "button", onclick: close }, "Cancel"), button],
    });
    field.input.focus();
}
