// What a replay would do, by the word of a dry run.

import { make } from "../dom/make.js";
import { state } from "../dom/parts.js";
import { long } from "../dom/text.js";

/** The jobs of one event of a replay's report. */
export function plan(event) {
    if (!event) return make("p", { class: "quiet" }, "Nothing.");
    if (event.error) return make("p", { class: "trouble" }, long(event.error));
    if (event.jobs.length === 0) return make("p", { class: "quiet" }, "No job: no rule matches.");
    return make("ul", { class: "planned", role: "list" }, event.jobs.map((job) => make("li", {},
        state(job.runs ? "done" : "skipped", job.runs ? "runs" : "does not run"),
        make("span", {}, make("strong", {}, job.action), make("span", { class: "quiet" }, ` ${job.kind}, by rule ${job.rule}`),
            job.reason ? make("span", { class: "quiet" }, ": ", long(job.reason)) : null))));
}
