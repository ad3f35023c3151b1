// What is still to do: counted by action, and the next ones.

import { make } from "../dom/make.js";
import { empty, id, named, since, state, table } from "../dom/parts.js";
import { some } from "../dom/text.js";
import { to } from "../frame/routes.js";
import { count } from "../text/numbers.js";
import { hold } from "../text/words.js";

/** The rows of the view queue_depth. */
export function depth(rows) {
    if (rows.length === 0) return empty("The queue is empty.", "Every job has ended.");
    const numbers = ["due", "waiting", "running", "held", "dead"];
    return table("Queue", [["Action"], ["Kind"], ["Due", "end"], ["Waiting", "end"], ["Running", "end"], ["Held", "end"], ["Dead", "end"]],
        rows.map((row) => [make("strong", {}, row.action), row.kind, ...numbers.map((name) => count(Number(row[name])))]));
}

/** Why a job waits: a hold, or the error of its last attempt. */
const reason = (job) => (job.hold_reason === null ? job.last_error ?? "–" : hold(job.hold_reason));

/** The jobs that wait, run or are held, the next one first. */
export function open(jobs) {
    if (jobs.length === 0) return make("p", { class: "quiet" }, "Nothing.");
    return some(jobs, (first) => table("Open jobs", [["Job"], ["About"], ["State"], ["Attempt", "end"], ["Next attempt"], ["Why", "long"]],
        first.map((job) => [
            named(make("strong", {}, job.action), job.kind, ` · job ${job.job_id}`),
            make("a", { href: to("deliveries", ["event", job.event_id]) }, job.order_id ? ["order ", id(job.order_id)] : `event ${job.event_id}`),
            state(job.state), String(job.attempt), job.state === "running" ? "now" : job.state === "held" ? "–" : since(job.run_at),
            reason(job),
        ])));
}
