// The jobs of an event, each with its attempts on a scale of time.

import { make } from "../dom/make.js";
import { state, time } from "../dom/parts.js";
import { long, some } from "../dom/text.js";
import { hold, outcome, sentence, tone } from "../text/words.js";
import { between, duration } from "../text/time.js";
import { to } from "../frame/routes.js";

// So that an attempt of a millisecond can still be seen.
const NARROWEST = 1.5;

/** All jobs; or that there are none, and what that means. */
export function jobs(item) {
    if (item.jobs.length === 0) return make("p", { class: "quiet" }, "No rule matched.");
    const ends = item.jobs.flatMap((job) => job.attempts.map((attempt) => between(item.received_at, attempt.finished_at)));
    const whole = Math.max(1, ...ends);
    return some(item.jobs, (first) => make("ol", { class: "jobs", role: "list" }, first.map((job) => one(job, item.received_at, whole))));
}

function one(job, start, whole) {
    return make("li", {},
        make("p", { class: "heading" },
            make("span", {}, make("strong", {}, job.action), make("span", { class: "quiet" }, ` ${job.kind}, by rule ${job.rule} · job ${job.job_id}`)),
            state(job.state)),
        some(job.attempts, (first) => make("ol", { class: "attempts", role: "list" }, first.map((attempt) => attemptRow(attempt, start, whole)))),
        waiting(job));
}

function attemptRow(attempt, start, whole) {
    const from = between(start, attempt.started_at);
    const length = between(attempt.started_at, attempt.finished_at);
    const bar = make("span", { class: `span ${tone(attempt.outcome)}` });
    bar.style.insetInlineStart = `${Math.min(100 - NARROWEST, (from / whole) * 100)}%`;
    bar.style.width = `${Math.max(NARROWEST, (length / whole) * 100)}%`;
    const answer = [attempt.destination, attempt.status].filter(Boolean).join(" answered ");
    // The status is not said twice.
    const known = `answered ${attempt.status}`;
    const reason = attempt.reason === known ? null : attempt.reason?.startsWith(`${known}: `) ? attempt.reason.slice(known.length + 2) : attempt.reason;
    return make("li", { class: "attempt" },
        make("span", { class: "quiet number" }, `${attempt.attempt}.`),
        make("span", { class: "track", "aria-hidden": "true" }, bar),
        make("span", { class: "number" }, `+${duration(from)}`),
        make("span", { class: "number" }, duration(length)),
        make("span", { class: "told" }, state(attempt.outcome, outcome(attempt.outcome)), answer ? [" · ", long(answer)] : null,
            reason ? make("span", { class: "quiet" }, " · ", long(reason)) : null));
}

function waiting(job) {
    if (job.state === "ready") return make("p", { class: "quiet" }, "Its next attempt begins at ", time(job.run_at), " or soon after.");
    if (job.state === "running") return make("p", { class: "quiet" }, "A worker is running it.");
    if (job.state === "held") return make("p", {}, long(sentence(hold(job.hold_reason))));
    if (job.state === "dead") return make("p", {}, make("a", { href: to("jobs") }, "Retry or discard it in the list of dead letters."));
    return null;
}
