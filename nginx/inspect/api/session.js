// Who looks at this page, and what they may do. The token is kept for this tab (sessionStorage): a reload keeps the
// session, another tab has one of its own, and closing the tab ends it.

import { session as ask } from "./calls.js";
import { useToken } from "./request.js";

const KEY = "hookledger-token";
const listeners = new Set();
let current = null;

/** The API's session: token's name, scopes, environment; null while nobody may read. */
export const session = () => current;

/** Calls back at every change of the session. */
export const onSession = (listener) => listeners.add(listener);

/** Whether the session has a scope; `admin` has them all, and `replay` reads. */
export function may(scope) {
    const scopes = current?.scopes ?? [];
    return scopes.includes(scope) || scopes.includes("admin") || (scope === "read" && scopes.includes("replay"));
}

/** Continues with the token of this tab, else without one. @throws {Problem} 401 when nobody may */
export async function begin() {
    const kept = recall();
    if (kept !== null) {
        try {
            const known = await ask(kept);
            useToken(kept);
            return change(known);
        } catch (problem) {
            // It was revoked, or has expired.
            if (problem.status !== 401 && problem.status !== 403) throw problem;
            keep(null);
        }
    }
    change(await ask());
}

/** Takes a token if the API knows it. @throws {Problem} */
export async function signIn(token) {
    const known = await ask(token);
    useToken(token);
    keep(token);
    change(known);
}

/** Forgets the token, and what was allowed with it. */
export async function signOut() {
    useToken(null);
    keep(null);
    change(await ask().catch(() => null));
}

function change(session) {
    current = session;
    for (const listener of listeners) listener(session);
}

function recall() {
    try { return sessionStorage.getItem(KEY); } catch { return null; }
}

function keep(token) {
    try {
        if (token === null) sessionStorage.removeItem(KEY);
        else sessionStorage.setItem(KEY, token);
    } catch { /* A browser that keeps nothing asks again after a reload. */ }
}
