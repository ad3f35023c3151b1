// What happened, one line each, with how long after the start.

import { make } from "../dom/make.js";
import { id, time } from "../dom/parts.js";
import { long, some } from "../dom/text.js";
import { to } from "../frame/routes.js";
import { between, duration } from "../text/time.js";

/**
 * @param {{at: string, kind: string, text: string, event_id: ?number}[]} entries
 * @param {?string} start offsets count from here; null shows none
 * @param {boolean} isLinked whether entries lead to their events
 */
export function timeline(entries, start = null, isLinked = false) {
    if (entries.length === 0) return make("p", { class: "quiet" }, "Nothing yet.");
    return some(entries, (first) => make("ol", { class: "timeline", role: "list" }, first.map((entry) => make("li", { "data-kind": entry.kind },
        make("span", { class: "when" }, start ? `+${duration(Math.max(0, between(start, entry.at)))}` : time(entry.at)),
        make("span", {}, isLinked && entry.event_id && entry.kind === "event"
            ? make("a", { href: to("deliveries", ["event", entry.event_id]) }, id(entry.text)) : long(entry.text))))));
}
