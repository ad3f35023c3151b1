// One order: its fields as they are, why it has not shipped, how its fields came to be so, and everything that happened.

import { deadLetters, openJobs, order, orderChanges, orderTimeline } from "../api/calls.js";
import { exact, said } from "../api/request.js";
import { Poll } from "../api/poll.js";
import { fill, make } from "../dom/make.js";
import { facts, id as called, section, since, state, table, time } from "../dom/parts.js";
import { long, some } from "../dom/text.js";
import { textBody } from "../deliveries/body.js";
import { timeline } from "../deliveries/timeline.js";
import { open as openTable } from "../jobs/open-jobs.js";
import { to } from "../frame/routes.js";
import { troubleOf } from "../frame/trouble.js";
import { money } from "../text/numbers.js";
import { plain } from "../text/words.js";
import { items, sums } from "./money.js";
import { shipping } from "./shipping.js";

const MOST = 100;

/** Shows an order in its pane; it is fetched again while its jobs are open. */
export function openOrder(pane, id, back) {
    let drawn = null;
    const wayBack = () => make("button", { class: "bare back", onclick: back }, "← All orders");
    fill(pane, make("p", { class: "page quiet" }, "…"));
    const poll = new Poll(async (signal) => {
        const it = await order(id, signal);
        const [changed, happened, open, dead] = await Promise.all([
            orderChanges(id, signal), orderTimeline(id, signal),
            it.open_jobs + it.held_jobs > 0 ? openJobs({ order: it.order_id, limit: MOST }, signal) : { data: [] },
            it.dead_jobs > 0 ? deadLetters({ order: it.order_id, limit: MOST }, signal) : { data: [] },
        ]);
        const text = JSON.stringify([it, changed.data.length, happened.data.length, open.data, dead.data]);
        if (it.open_jobs + it.held_jobs === 0) poll.stop();
        if (text === drawn) return;
        drawn = text;
        // Another shop may have an order of the same id.
        const isOwn = (job) => String(job.order_row) === String(it.id);
        const [jobs, letters] = [open.data.filter(isOwn), dead.data.filter(isOwn)];
        fill(pane, make("article", { class: "page" }, wayBack(),
            page(it, exact(it), exact(changed).data, happened.data, jobs, letters)));
    }, 3000, (how, problem) => {
        if (how === "broken" && drawn === null) fill(pane, troubleOf("Order", problem, () => poll.now(), wayBack()));
        if (problem?.status === 404) poll.stop();
    });
    poll.start();
    return { close: () => poll.stop() };
}

function page(it, whole, changed, happened, jobs, letters) {
    const shipped = shipping(it, jobs, letters);
    return [
        make("header", { class: "heading" },
            make("div", {},
                make("h1", {}, "Order ", called(it.order_id)),
                make("p", { class: "quiet" }, it.source, " · ", called(it.status ?? "no status"), " · changed ", since(it.updated_at), " · ", jobState(it))),
            make("p", { class: "large amount" }, called(money(it.total_amount, it.currency)))),
        make("p", { class: shipped.isShipped ? "verdict" : "verdict waits", "data-part": "shipping" }, long(shipped.text)),
        it.error_message && make("p", { class: "verdict bad" }, make("strong", {}, "Its last attempt failed. "), long(it.error_message)),
        facts([
            ["Stage", it.stage && plain(it.stage)], ["Number", it.order_number], ["Shop", it.shop_id], ["Customer", it.customer_name], ["E-mail", it.email],
            ["Tracking", tracking(it)], ["Created", time(it.created_at)],
            ["Processed", it.processed_at && time(it.processed_at)],
            ["Deliveries", make("a", { href: to("deliveries", [], { q: it.order_id, source: it.source }) }, "details")],
        ]),
        section("Money", sums(it, whole.order_data), items(it, whole.order_data)),
        jobs.length > 0 && section("Jobs", openTable(jobs)),
        letters.length > 0 && section("Dead letters", make("p", {}, letters.map((letter) => [
            make("a", { href: to("jobs") }, `${letter.action} (job ${letter.job_id})`), " ",
        ]))),
        section("History of its fields", changed.length === 0 ? make("p", { class: "quiet" }, "Nothing is known.") : some(changed, (first) => table(
            "Field history", [["When"], ["Field"], ["Before", "long"], ["After", "long"], ["Event", "end"]],
            first.map((change) => [
                time(change.received_at), change.field, value(change.old), value(change.new),
                make("a", { href: to("deliveries", ["event", change.event_id]) }, String(change.event_id)),
            ])))),
        section("Timeline", timeline(happened, null, true)),
        make("details", {}, make("summary", {}, "All normalized fields"), textBody(JSON.stringify(whole.order_data))),
        Object.keys(it.extra).length > 0 && make("details", {},
            make("summary", {}, "Fields unknown to the ledger"), textBody(JSON.stringify(whole.extra))),
    ].filter(Boolean);
}

/** The numbers of all parcels, each once. */
function tracking(it) {
    const all = it.order_data?.tracking_numbers;
    const texts = [it.tracking_number, ...(Array.isArray(all) ? all : [])].filter((each) => typeof each === "string" && each !== "");
    return [...new Set(texts)].join(", ");
}

function jobState(it) {
    if (it.dead_jobs > 0) return state("failed", "has a dead letter");
    if (it.processed) return state("done", "processed");
    return state("pending", it.open_jobs > 0 ? "has open jobs" : "has held jobs");
}

const value = (it) => (it === null || it === undefined ? make("span", { class: "quiet" }, "–") : said(it));
