// Signing in with a token, when one wants to or has to.

import { make } from "../dom/make.js";
import { open } from "../dom/dialog.js";
import { may, signIn } from "../api/session.js";

const NEEDS = {
    read: "Reading needs a token with the scope read, or replay, or admin.",
    replay: "Replaying and retrying need a token with the scope replay, or admin.",
    admin: "Discarding and deciding need a token with the scope admin.",
};

// nginx does not read longer ones.
const TOKEN = /^[\x21-\x7e]{1,500}$/;
let forms = 0;

/**
 * The form.
 *
 * @param {() => void} done called when the token is good
 * @param {?(() => void)} cancel what its second button does; null where there is no way back
 */
export function form(scope, done, cancel = null) {
    forms += 1;
    const id = `token-${forms}`;
    const field = make("input", {
        type: "password", name: "token", required: true, autocomplete: "off", spellcheck: "false", id,
    });
    const trouble = make("p", { class: "trouble", role: "alert" });
    const button = make("button", { class: "main", type: "submit" }, "Sign in");
    const submit = async (event) => {
        event.preventDefault();
        trouble.textContent = "";
        button.disabled = true;
        try {
            const token = field.value.trim();
            if (!TOKEN.test(token)) throw new Error("This is not a token: a token has at most 500 ASCII characters and no spaces.");
            await signIn(token);
            if (!may(scope)) throw new Error(`This token is valid, but its scope is too small. ${NEEDS[scope]}`);
            done();
        } catch (problem) {
            trouble.textContent = problem.status === 401 ? "This token is unknown, revoked or expired." : problem.message;
            field.select();
        }
        button.disabled = false;
    };
    return make("form", { class: "signin", onsubmit: submit },
        make("label", { class: "field", for: id }, "Token", field), trouble,
        make("p", { class: "quiet small" }, NEEDS[scope], " One is made by ", make("code", {}, `hookledger token create anna --scope ${scope}`),
            ". It is stored for this tab only, until you sign out or close the tab."),
        make("div", { class: "actions" }, button, cancel && make("button", { type: "button", onclick: cancel }, "Cancel")));
}

/** Asks for a token that has a scope, if there is none. @returns {Promise<boolean>} whether there is one now */
export async function need(scope) {
    return may(scope) || askForToken(scope);
}

/** Asks for a token, whatever there is already. @returns {Promise<boolean>} whether one with the scope was given */
export function askForToken(scope) {
    return new Promise((resolve) => {
        let isGood = false;
        const dialog = open({ title: "Sign in", body: [], buttons: () => [], onclose: () => resolve(isGood) });
        // The form has a button of its own.
        dialog.replaceChildren(make("h2", {}, "Sign in"), form(scope, () => {
            isGood = true;
            dialog.close();
        }, () => dialog.close()));
        dialog.querySelector("input").focus();
    });
}

/**
 * What a dialog says of a problem. Where the token is the trouble (it was revoked meanwhile, or has expired) another can
 * be given at once, and what was typed stays.
 *
 * @param {() => void} again called when there is one
 */
export function told(problem, scope, again) {
    if (problem.status !== 401 && problem.status !== 403) return [problem.message];
    const button = make("button", {
        type: "button",
        onclick: async () => {
            if (await askForToken(scope)) again();
        },
    }, "Sign in");
    return [problem.message, " ", button];
}
