// A ping, a challenge or a portal's test: answered, and no event.

import { make } from "../dom/make.js";
import { facts, since, state, time } from "../dom/parts.js";
import { counted } from "../text/numbers.js";
import { exchange } from "./exchange.js";

/** The parts of its page. */
export function handshakePage(item) {
    const words = item.verdict === "unverified"
        ? "It has no signature, as is usual for a ping: anybody could have sent it."
        : "It is signed: the sender and this server have the same secret.";
    return [
        make("header", { class: "heading" },
            make("div", {},
                make("h1", {}, "Handshake"),
                make("p", { class: "quiet" }, item.source, " · ", since(item.received_at), " · handshake ", String(item.id), " · ",
                    state("completed", `answered with ${item.status_code}`)))),
        make("p", { class: "verdict" }, make("strong", {}, "Arrived. "), words),
        facts([
            ["Provider", item.provider],
            ["Received", time(item.received_at)],
            ["From", item.remote_addr],
            ["Secret", item.key_id],
            ["Only counted", item.unrecorded > 0 && `${counted(item.unrecorded, "more handshake")} of this source`],
            ["Request id", make("code", {}, item.request_id)],
        ]),
        exchange(item.request, { status: item.status_code, headers: [], body: null }),
    ];
}
