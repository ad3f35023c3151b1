// The ledger's words, said so that a person knows what to do.

import { own } from "./own.js";

/** What to look at when deliveries are refused, by the kind that the ledger keeps. */
const ADVICE = {
    missing_signature: "Does the sender sign, and does everything in front of nginx keep its header?",
    malformed_signature: "Is it the right provider for this path?",
    no_secret_matched: "Is it the sender’s secret, and does the body arrive unchanged? `hookledger verify` finds the cause.",
    missing_timestamp: "Does something in front of nginx remove the header?",
    malformed_timestamp: "Is it the right provider for this path?",
    outside_tolerance: "Are the clocks of both machines right? An old delivery must be signed again before it is resent.",
    repeated_header: "An attempt to confuse the check, or a proxy that duplicates headers.",
    no_usable_secret: "Set the source’s secret in hookledger.env. The sender will retry.",
    no_provider_matched: "Does the sender use the right path?",
    truncated_body: "The connection broke. The sender will retry.",
    body_too_large: "Raise the source’s body_limit to accept such bodies.",
    too_many_refusals: "Verified deliveries from this peer are still accepted.",
    invalid_payload: "Does the body name its order?",
    not_recorded: "The reason is Postgres’s. With status 2xx it waits in the spool; otherwise the sender will retry.",
    method_not_allowed: "Some other program requested this path.",
};

/** What to look at, for a kind of refusal; nothing for one that is not known here. */
export const advice = (kind) => own(ADVICE, kind) ?? null;

const DISPOSITIONS = {
    created: "It created the record.",
    applied: "It changed the record.",
    stale: "It changed nothing: its values are known or older than the stored ones.",
    stored: "It is stored as received; it is not about a record.",
};

/** What a delivery did to the ledger. */
export const disposition = (word) => own(DISPOSITIONS, word) ?? "";

const ORIGINS = {
    delivery: "delivered",
    spool: "imported from the spool: Postgres was away when it arrived",
    replay: "a replay",
    fetched: "fetched from the provider",
};

/** How a delivery got here. */
export const origin = (word) => own(ORIGINS, word) ?? plain(word);

const OUTCOMES = {
    done: "done",
    skipped: "skipped: the rule no longer matches",
    retry: "failed, will be retried",
    dead: "failed for good: a dead letter",
    lost: "lost: its worker died",
    released: "released before it started",
    discarded: "discarded by a person",
};

/** How an attempt ended. */
export const outcome = (word) => own(OUTCOMES, word) ?? plain(word);

const HOLDS = {
    shop: "its shop is not listed: `hookledger shops accept` or `hookledger jobs release`",
    cancel_requested: "the buyer has asked to cancel",
    token: "the shop has no valid token: `hookledger credentials list`",
    disabled_action: "the action is disabled by a mistake: `hookledger config check`",
};

/** Why a job is held, by the ledger's reason, such as shop or paused:action:NAME. */
export function hold(reason) {
    const [pause, kind, ...name] = String(reason ?? "").split(":");
    if (pause === "paused" && name.length > 0) return `paused: the ${kind} ${name.join(":")}`;
    return reason ? `held: ${own(HOLDS, reason) ?? plain(reason)}` : "held";
}

/** Which of three colours a state has: good, waiting or bad. */
export function tone(state) {
    if (["completed", "done", "accepted", "allow"].includes(state)) return "good";
    if (["pending", "processing", "ready", "running", "held", "retry", "waiting", "review", "released"].includes(state)) return "waiting";
    if (["failed", "dead", "refused", "lost", "delete"].includes(state)) return "bad";
    return "plain";
}

/** Words as a sentence. */
export const sentence = (words) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;

/** A word of the ledger without its underscores. */
export const plain = (word) => String(word ?? "").replaceAll("_", " ");
