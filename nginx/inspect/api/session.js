// Who looks at this page, and what they may do.

import { session as ask } from "./calls.js";
import { useToken } from "./request.js";

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

/** Asks who reads without a token. @throws {Problem} 401 when nobody may */
export async function begin() {
    change(await ask());
}

/** Takes a token if the API knows it. @throws {Problem} */
export async function signIn(token) {
    const known = await ask(token);
    useToken(token);
    change(known);
}

/** Forgets the token, and what was allowed with it. */
export async function signOut() {
    useToken(null);
    change(await ask().catch(() => null));
}

function change(session) {
    current = session;
    for (const listener of listeners) listener(session);
}
