// One delivery in the list: type, subject, time, source and state.

import { make } from "../dom/make.js";
import { id, time } from "../dom/parts.js";
import { plain, tone } from "../text/words.js";

/** What a row shows. */
export function row(item) {
    const isHandshake = item.kind === "handshake";
    const what = isHandshake ? "handshake" : item.accepted ? item.type ?? item.provider_type : plain(item.verdict);
    const became = isHandshake ? "completed" : item.accepted ? item.state : "refused";
    return [
        make("span", { class: `dot ${tone(became)}` }),
        make("span", { class: "what cut" }, make("strong", {}, id(what)), " ", make("span", { class: "quiet" }, id(about(item)))),
        make("span", { class: "when" }, time(item.received_at)),
        make("span", { class: "whom cut" }, item.source ?? "no source", item.origin === "replay" ? " · replay" : null,
            item.reason && became !== "completed" ? [" · ", id(item.reason)] : null),
        // The normal state has a word only for people who cannot see the dot.
        make("span", { class: became === "completed" ? "unseen" : `became ${tone(became)}` },
            item.accepted ? became : `${item.status_code} refused`),
    ];
}

/** What it is about, without the kind where the type has said it. */
function about(item) {
    if (!item.accepted || item.kind === "handshake") return item.path;
    const [kind] = (item.type ?? "").split(".");
    return item.subject?.startsWith(`${kind}:`) ? item.subject.slice(kind.length + 1) : item.subject ?? "";
}
