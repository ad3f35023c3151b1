// A refused delivery: why, what to look at, and what is kept of it.

import { make } from "../dom/make.js";
import { facts, id, since, state, time } from "../dom/parts.js";
import { advice, plain } from "../text/words.js";
import { counted } from "../text/numbers.js";
import { exchange } from "./exchange.js";

/** The parts of its page. */
export function refusalPage(item) {
    const hint = advice(item.verdict);
    return [
        make("header", { class: "heading" },
            make("div", {},
                make("h1", {}, plain(item.verdict)),
                make("p", { class: "quiet" }, item.source ?? "no source", " · ", since(item.received_at), " · refusal ",
                    String(item.id), " · ", state("refused", `refused with ${item.status_code}`)))),
        make("p", { class: "verdict bad" }, make("strong", {}, "Refused. "), item.words),
        hint && make("p", { class: "quiet" }, hint),
        facts([
            ["Reason", item.reason],
            ["Received", time(item.received_at)],
            ["From", item.remote_addr],
            ["Only counted", item.unrecorded > 0 && `${counted(item.unrecorded, "more refusal")} of this source and kind`],
            ["Request id", make("code", {}, id(item.request_id))],
        ]),
        exchange(item.request, { status: item.status_code, headers: [], body: null }),
    ].filter(Boolean);
}
