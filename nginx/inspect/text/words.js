// The ledger's words, said so that a person knows what to do.

import { own } from "./own.js";

/** What to look at when deliveries are refused, by the kind that the ledger keeps. */
const ADVICE = {
    missing_signature: "Is the sender set up to sign, and does nothing in front of nginx take its header away?",
    malformed_signature: "Is it the right provider for this path?",
    no_secret_matched: "Is the secret the sender’s, and does nothing on the way change the body? `hookledger verify` finds what fits.",
    missing_timestamp: "Does something in front of nginx take the header away?",
    malformed_timestamp: "Is it the right provider for this path?",
    outside_tolerance: "Are the clocks of both machines right? An old delivery that is sent again must be signed again.",
    repeated_header: "Somebody tries to confuse the check, or a proxy doubles headers.",
    no_usable_secret: "Set the source’s secret in hookledger.env. The sender comes again by itself.",
    no_provider_matched: "Does the sender use the right path?",
    truncated_body: "The connection broke. The sender comes again by itself.",
    body_too_large: "Raise body_limit of the source if such bodies are wanted.",
    too_many_refusals: "What verifies is still accepted from this peer.",
    invalid_payload: "Does the sender name its order?",
    method_not_allowed: "Something other than the sender asked for this path.",
};

/** What to look at, for a kind of refusal; nothing for one that is not known here. */
export const advice = (kind) => own(ADVICE, kind) ?? null;

const DISPOSITIONS = {
    created: "It made the record.",
    applied: "It changed what is kept.",
    stale: "It changed nothing: all it says was known, or is older than what is kept.",
    stored: "It is kept as it came; it is about no order.",
};

/** What a delivery did to the ledger. */
export const disposition = (word) => own(DISPOSITIONS, word) ?? "";

const ORIGINS = {
    delivery: "delivered",
    spool: "taken in from the spool: Postgres was away when it came",
    replay: "a replay",
    fetched: "fetched from the provider",
};

/** How a delivery got here. */
export const origin = (word) => own(ORIGINS, word) ?? plain(word);

const OUTCOMES = {
    done: "done",
    skipped: "skipped: no longer called for",
    retry: "failed, to be tried again",
    dead: "failed for good: a dead letter",
    lost: "lost: its worker died",
    released: "handed back unstarted",
    discarded: "discarded by a person",
};

/** How an attempt ended. */
export const outcome = (word) => own(OUTCOMES, word) ?? plain(word);

/** Which of three colours a state has: good, waiting or bad. */
export function tone(state) {
    if (["completed", "done", "accepted", "allow"].includes(state)) return "good";
    if (["pending", "processing", "ready", "running", "held", "retry", "waiting", "review", "released"].includes(state)) return "waiting";
    if (["failed", "dead", "refused", "lost", "delete"].includes(state)) return "bad";
    return "plain";
}

/** A word of the ledger without its underscores. */
export const plain = (word) => String(word ?? "").replaceAll("_", " ");
