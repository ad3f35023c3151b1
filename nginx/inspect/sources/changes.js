// What has changed in the bodies of a source: members and types that are new, gone, or of another kind.

import { make } from "../dom/make.js";
import { empty, id, named, since, table } from "../dom/parts.js";
import { to } from "../frame/routes.js";
import { count } from "../text/numbers.js";
import { plain } from "../text/words.js";

/** The changes, each with an event that shows it; retention may have deleted the event. */
export function changes(list) {
    if (list.length === 0) return empty("No change has been seen.", "The first 200 events of each type are learned; then each change is listed here.");
    return table("Schema changes", [["Type", "long"], ["Change", "long"], ["Values"], ["Events", "end"], ["Seen"], ["Example"]], list.map((change) => [
        id(change.type),
        named(make("strong", {}, plain(change.change)), id(change.path)),
        [change.before, change.after].filter((types) => types !== null).join(" → ") || "–",
        change.events === null ? "–" : count(change.events),
        since(change.seen_at),
        make("a", { href: to("deliveries", ["event", change.event_id]) }, `event ${change.event_id}`),
    ]));
}
