// The tokens of the providers' APIs: whose, until when, and what waits for one. The tokens themselves are never sent here.

import { make } from "../dom/make.js";
import { named, section, since, table } from "../dom/parts.js";
import { some } from "../dom/text.js";
import { count } from "../text/numbers.js";

/** The tokens by shop; null without any. */
export function credentials(list) {
    if (list.length === 0) return null;
    return section("Tokens", some(list, (first) => table("Tokens",
        [["Shop"], ["State", "long"], ["Last refresh"], ["Expires"], ["Ends"], ["Held jobs", "end"]], first.map((token) => [
            named(token.shop ?? token.account ?? "–", [token.source, token.name, token.currency].filter(Boolean).join(" · ")),
            named(make("span", { class: `state ${token.state === "valid" ? "good" : "bad"}` }, token.state), token.reason),
            since(token.refreshed_at),
            moment(token.expires_at),
            moment(token.refresh_expires_at),
            token.held_jobs > 0 ? make("span", { class: "state bad" }, count(token.held_jobs)) : count(0),
        ]))));
}

/** What never happens, or is not known, is a dash. */
const moment = (text) => (text ? since(text) : "–");
