// Which deliveries are shown: a search, and three choices. They stand in the address.

import { make } from "../dom/make.js";
import { choice } from "../dom/parts.js";
import { go, to } from "../frame/routes.js";
import { sources } from "../api/calls.js";

const PAUSE = 300;

const SHOWN = [
    ["", "All"], ["outcome=accepted", "Accepted"], ["outcome=refused", "Refused"],
    ["outcome=handshake", "Handshakes"], ["state=failed", "With dead letters"],
    ["state=pending", "Waiting"], ["state=processing", "Running"], ["state=completed", "Completed"],
];

/** The members of a route's query that the API knows. */
export function asked({ q, source, outcome, state, type }) {
    return { q, source, outcome, state, type };
}

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
    const from = choice("Source", query.source ?? "", [["", "Every source"], ...named(query.source)], (source) => change({ source }));
    fillSources(from, query.source);
    return make("search", { class: "filter" }, search, which, from,
        query.type ? make("button", { onclick: () => change({ type: undefined }) }, `type: ${query.type} ×`) : null);
}

const named = (source) => (source ? [[source, source]] : []);

async function fillSources(select, chosen) {
    const { data } = await sources().catch(() => ({ data: [] }));
    const heard = data.filter((source) => source.name !== chosen && (source.last_event_at || source.refusals_24h > 0));
    select.append(...heard.map(({ name }) => make("option", { value: name }, name)));
}
