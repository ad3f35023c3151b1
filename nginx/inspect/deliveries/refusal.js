// A refused delivery: why, what to look at, and what is kept of it.

import { releaseRefusal } from "../api/calls.js";
import { make } from "../dom/make.js";
import { facts, id, since, state, time } from "../dom/parts.js";
import { advice, plain } from "../text/words.js";
import { counted } from "../text/numbers.js";
import { askForReason } from "../frame/reason.js";
import { to } from "../frame/routes.js";
import { exchange } from "./exchange.js";

/** The parts of its page. @param {{look: () => void}} actions */
export function refusalPage(item, { look }) {
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
        item.quarantine && quarantine(item, look),
        exchange(item.request, { status: item.status_code, headers: [], body: null }),
    ].filter(Boolean);
}

const STATES = {
    kept: "It looks like the source's own, so it is kept whole. Once the secret is corrected it can be released.",
    released: "It was released.",
    arrived: "The same delivery had arrived in another way.",
    superseded: "The sender has said something else about it since, so it was not released.",
    unusable: "It verifies, and its contract refuses it.",
};

/** Its state, and another try. */
function quarantine(item, look) {
    const { id: number, state: now, note, event_id: event, repeats, is_known: isKnown, is_asked: isAsked } = item.quarantine;
    const again = () => askForReason({
        title: "Try again", verb: "Verify again", scope: "admin",
        body: [make("p", {}, "It is verified as of when it came, with the secrets of now. If it verifies, it becomes an event.")],
        task: async (reason) => {
            await releaseRefusal(item.id, reason);
            look();
        },
    });
    return make("section", { class: "panel", "data-part": "quarantine" },
        make("h2", {}, "Quarantine"),
        make("p", {}, STATES[now] ?? plain(now)),
        facts([
            ["Number", String(number)],
            ["Event", event !== null && make("a", { href: to("deliveries", ["event", event]) }, String(event))],
            ["Last try", note],
            ["Repeated", repeats > 0 && counted(repeats, "time")],
            ["Peer", isKnown ? "has sent verified deliveries" : "has sent no verified delivery before"],
        ]),
        now === "kept" && (isAsked
            ? make("p", { class: "quiet", role: "status" }, "It is being verified again …")
            : make("button", { class: "main", onclick: again }, "Try again")));
}
