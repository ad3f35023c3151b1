// The filters of deliveries: a search, choices, a time. They are part of the address.

import { make } from "../dom/make.js";
import { choice } from "../dom/parts.js";
import { cut } from "../dom/text.js";
import { go, to } from "../frame/routes.js";
import { saved } from "../frame/saved.js";
import { sources } from "../frame/source-choice.js";

const PAUSE = 300;

const SHOWN = [
    ["", "All"], ["outcome=accepted", "Accepted"], ["outcome=refused", "Refused"],
    ["outcome=handshake", "Handshakes"], ["state=failed", "With dead letters"],
    ["state=pending", "Waiting"], ["state=processing", "Running"], ["state=completed", "Completed"],
];
const MEMBERS = ["q", "source", "outcome", "state", "type", "since", "until"];

/** The members of a route's query that the API knows. */
export const asked = (query) => Object.fromEntries(MEMBERS.map((name) => [name, query[name]]));

/** The search and the choices. */
export function filter(query) {
    const change = (members) => go(to("deliveries", [], { ...asked(query), ...members }), { replace: true });
    let timer = null;
    const search = make("input", {
        type: "search", "aria-label": "Search deliveries", placeholder: "Search: order, type, address, body …",
        value: query.q ?? "", maxlength: 200, spellcheck: "false",
        oninput: () => {
            clearTimeout(timer);
            timer = setTimeout(() => change({ q: search.value.trim() }), PAUSE);
        },
    });
    const shown = query.state ? `state=${query.state}` : query.outcome ? `outcome=${query.outcome}` : "";
    const which = choice("Which deliveries", shown, SHOWN, (value) => {
        const [name, word] = value.split("=");
        change({ outcome: undefined, state: undefined, ...(name ? { [name]: word } : {}) });
    });
    const from = sources((source) => change({ source }));
    from.choose(query.source);
    const searches = saved("deliveries", () => asked(query));
    return make("search", { class: "filter" }, search, which, from.element, times(query, change), searches.element,
        query.type ? make("button", { onclick: () => change({ type: undefined }) }, `type: ${cut(query.type, 40)} ×`) : null);
}

/** From when to when; folded away while neither is set. */
function times(query, change) {
    const field = (label, name) => make("label", { class: "field small" }, label, make("input", {
        type: "datetime-local", name, "aria-label": label, value: local(query[name]), step: 1,
        onchange: (event) => change({ [name]: event.target.value === "" ? undefined : new Date(event.target.value).toISOString() }),
    }));
    const isSet = Boolean(query.since || query.until);
    return make("details", { class: "times", open: isSet }, make("summary", {}, "Time"),
        make("div", { class: "span-of-time" }, field("From", "since"), field("Until", "until"),
            isSet && make("button", { class: "bare", type: "button", onclick: () => change({ since: undefined, until: undefined }) }, "Any time")));
}

/** A time of the API as the field wants it: of this place, without a zone. */
function local(text) {
    const time = new Date(text ?? "");
    if (Number.isNaN(time.getTime())) return null;
    return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
