// Activity: deliveries, refusals, jobs, queue depth and latency over time.

import { statistics } from "../api/calls.js";
import { Poll } from "../api/poll.js";
import { fill, make } from "../dom/make.js";
import { choice, table } from "../dom/parts.js";
import { go, to } from "../frame/routes.js";
import { trouble } from "../frame/trouble.js";
import { count } from "../text/numbers.js";
import { own } from "../text/own.js";
import { duration, shortTime } from "../text/time.js";
import { Chart } from "./chart.js";
import { reach } from "./reach.js";
import { floor, waitFor } from "./scale.js";

const HOUR = 3_600_000;

/** Length, words, and seconds per bucket. */
const RANGES = {
    hour: [HOUR, "Last hour", 60],
    day: [24 * HOUR, "Last day", 1800],
    week: [7 * 24 * HOUR, "Last week", 10_800],
    month: [30 * 24 * HOUR, "Last 30 days", 43_200],
};

const hours = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

export function open(place) {
    let range = "hour";
    const seconds = (value) => duration(value * 1000);
    const charts = {
        deliveries: new Chart({ title: "Deliveries", kind: "bars", format: count, isWhole: true, total: true }),
        jobs: new Chart({ title: "Jobs", kind: "bars", format: count, isWhole: true, total: true }),
        queue: new Chart({ title: "Queue depth", kind: "lines", format: count, isWhole: true }),
        latency: new Chart({ title: "From webhook to done", kind: "lines", format: seconds, isWhole: false, isTime: true }),
    };
    const which = choice("Range", range, Object.entries(RANGES).map(([name, [, text]]) => [name, text]),
        (range) => go(to("activity", [], { range }), { replace: true }));
    const note = make("div", {});
    const age = make("p", { class: "quiet small" });
    const numbers = make("details", {}, make("summary", {}, "Show as a table"));
    // Wider than a narrow screen: the keyboard scrolls it, too.
    const rows = make("div", { class: "sideways", tabindex: 0, role: "group", "aria-label": "Numbers" });
    numbers.append(rows);
    fill(place, make("div", { class: "page" }, make("div", { class: "heading" }, make("h1", {}, "Activity"), which), note,
        make("div", { class: "charts" }, Object.values(charts).map((chart) => chart.element)), age, numbers));

    const poll = new Poll(async (signal) => {
        const [length, , bucket] = own(RANGES, range);
        // Buckets begin at round times, so that the axis has them.
        const since = new Date(floor(Date.now() - length, bucket)).toISOString();
        const answer = await statistics({ since, bucket }, signal);
        draw(answer.buckets);
        fill(age, reach(answer, true));
    }, () => waitFor(own(RANGES, range)[2]), (state, problem) => fill(note, state === "broken" ? trouble(problem, () => poll.now()) : null));

    function draw(buckets) {
        const times = buckets.map((bucket) => bucket.at);
        const label = (time) => (range === "hour" || range === "day" ? hours : days).format(new Date(time));
        const series = (name, look, member, value = (bucket) => bucket[member]) => ({
            name, look, values: buckets.map(value).map((each) => (each === null ? null : Number(each))),
        });
        // The attempt that made a dead letter failed, too: it counts once.
        const again = (bucket) => Math.max(0, bucket.attempts_failed - bucket.jobs_dead);
        charts.deliveries.show(times, label, [series("accepted", "accent", "deliveries"), series("refused", "bad", "refusals")]);
        charts.jobs.show(times, label, [
            series("done", "accent", "jobs_done"), series("tried again", "waiting", null, again), series("dead", "bad", "jobs_dead"),
        ]);
        charts.queue.show(times, label, [series("open jobs", "accent", "queue_depth")]);
        charts.latency.show(times, label, [
            series("half within", "accent", "latency_p50"), series("95 % within", "quiet", "latency_p95"),
            series("99 % within", "faint", "latency_p99"),
        ]);
        fill(rows, asTable(buckets));
    }

    return {
        go({ query }) {
            range = own(RANGES, query.range) ? query.range : "hour";
            which.value = range;
            poll.stop();
            poll.start();
        },
        close: () => poll.stop(),
        keys: {},
    };
}

function asTable(buckets) {
    const columns = [
        ["From"], ["Accepted", "end"], ["Refused", "end"], ["Done", "end"], ["Attempts failed", "end"], ["Dead", "end"],
        ["Queue depth", "end"], ["50 %", "end"], ["95 %", "end"], ["99 %", "end"],
    ];
    const latency = (value) => duration(value === null ? null : value * 1000);
    return table("Activity", columns, buckets.map((bucket) => [
        shortTime(bucket.at), count(bucket.deliveries), count(bucket.refusals), count(bucket.jobs_done), count(bucket.attempts_failed),
        count(bucket.jobs_dead), count(bucket.queue_depth), latency(bucket.latency_p50), latency(bucket.latency_p95), latency(bucket.latency_p99),
    ]));
}
