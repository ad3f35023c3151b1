// Sources: who sends, when last, with which secret, what was refused, and what is registered at the providers.

import { credentials as tokens, registeredWebhooks, sources } from "../api/calls.js";
import { Poll } from "../api/poll.js";
import { fill, make } from "../dom/make.js";
import { empty, named, section, since, table } from "../dom/parts.js";
import { go, to } from "../frame/routes.js";
import { trouble } from "../frame/trouble.js";
import { count } from "../text/numbers.js";
import { plain } from "../text/words.js";
import { credentials } from "./credentials.js";
import { registered } from "./registered.js";
import { secrets, silence } from "./row.js";
import { openSource } from "./source.js";

export function open(place) {
    let shown = null;
    return {
        go({ path: [name] }) {
            if (shown && shown.name === name) return;
            shown?.close();
            place.scrollTop = 0;
            shown = { name, ...(name ? openSource(place, name) : openAll(place)) };
        },
        close: () => shown?.close(),
        keys: { Escape: () => shown?.name && go(to("sources")) },
    };
}

function openAll(place) {
    const heard = make("div", {});
    const note = make("div", {});
    fill(place, make("div", { class: "page" }, make("h1", {}, "Sources"), note, heard));
    const poll = new Poll(async (signal) => {
        const [{ data }, webhooks, kept] = await Promise.all([sources(signal), registeredWebhooks(signal), tokens(signal)]);
        // Whoever goes through it with the keyboard keeps the place.
        if (heard.contains(document.activeElement)) return;
        fill(heard, data.length === 0 ? empty("No source is configured.", "Sources are configured in hookledger.yaml.") : [
            ofThem("Heard of", active(data.filter(isHeard).sort((a, b) => (b.last_event_at ?? "").localeCompare(a.last_event_at ?? "")))),
            ofThem("Nothing received", silent(data.filter((source) => !isHeard(source)))),
            credentials(kept.data),
            section("Registered at the providers", registered(webhooks.data, data)),
        ]);
    }, 5000, (state, problem) => fill(note, state === "broken" ? trouble(problem, () => poll.now()) : null));
    poll.start();
    return { close: () => poll.stop() };
}

const isHeard = (source) => source.last_event_at !== null || source.last_refusal_at !== null;

const ofThem = (title, list) => list && section(title, list);

function active(list) {
    if (list.length === 0) return null;
    return table("Sources with deliveries",
        [["Source"], ["Last delivery"], ["Secret that matched"], ["Accepted, 24 h", "end"], ["Refused, 24 h", "end"], ["Last refusal", "long"]],
        list.map(row));
}

function silent(list) {
    if (list.length === 0) return null;
    return make("ul", { class: "silent", role: "list" }, list.map((source) => make("li", {},
        named(make("a", { href: to("sources", [source.name]) }, source.name), make("span", { class: "mono" }, source.paths.join(" "))), secrets(source))));
}

function row(source) {
    return [
        named(make("a", { href: to("sources", [source.name]) }, make("strong", {}, source.name)),
            make("span", { class: "mono" }, source.paths.join(" "))),
        silence(source),
        secrets(source),
        count(source.events_24h),
        make("span", { class: source.refusals_24h > 0 ? "state bad" : "quiet" }, count(source.refusals_24h)),
        source.last_refusal_at === null ? make("span", { class: "quiet" }, "–")
            : named([since(source.last_refusal_at), ": ", plain(source.last_refusal_kind)], source.last_refusal_reason),
    ];
}
