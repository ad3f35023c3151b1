// Signing in with a token, when one wants to or has to.

import { make } from "../dom/make.js";
import { open } from "../dom/dialog.js";
import { may, signIn } from "../api/session.js";

const NEEDS = {
    read: "Reading needs a token with the scope read, or replay, or admin.",
    replay: "Replaying and retrying need a token with the scope replay, or admin.",
    admin: "Discarding and deciding need a token with the scope admin.",
};

/** The form. @param {() => void} done called when the token is good */
export function form(scope, done) {
    const field = make("input", {
        type: "password", name: "token", required: true, autocomplete: "off", spellcheck: "false", id: "token",
    });
    const trouble = make("p", { class: "trouble", role: "alert" });
    const button = make("button", { class: "main", type: "submit" }, "Sign in");
    const submit = async (event) => {
        event.preventDefault();
        trouble.textContent = "";
        button.disabled = true;
        try {
            await signIn(field.value.trim());
            if (!may(scope)) throw new Error(`This token is good, but not for that. ${NEEDS[scope]}`);
            done();
        } catch (problem) {
            trouble.textContent = problem.status === 401 ? "This token is unknown, revoked or expired." : problem.message;
            field.select();
        }
        button.disabled = false;
    };
    return make("form", { class: "signin", onsubmit: submit },
        make("label", { class: "field", for: "token" }, "Token", field), trouble,
        make("p", { class: "quiet small" }, NEEDS[scope], " One is made by ", make("code", {}, "hookledger token create"),
            ". It is kept in this page’s memory only: a reload forgets it."),
        make("div", { class: "actions" }, button));
}

/** Asks for a token that has a scope. @returns {Promise<boolean>} whether there is one now */
export function need(scope) {
    if (may(scope)) return Promise.resolve(true);
    return new Promise((resolve) => {
        const dialog = open({
            title: "Sign in", body: [make("div", { class: "slot" })], buttons: () => [],
            onclose: () => resolve(may(scope)),
        });
        // The form has a button of its own.
        dialog.replaceChildren(make("h2", { id: "dialog-title" }, "Sign in"), form(scope, () => dialog.close()));
        dialog.querySelector("input").focus();
    });
}
