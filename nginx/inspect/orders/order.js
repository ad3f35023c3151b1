// One order: its fields as they are, how they came to be so, and everything that happened to it.

import { order, orderChanges, orderTimeline } from "../api/calls.js";
import { fill, make } from "../dom/make.js";
import { facts, id as called, section, since, state, table, time } from "../dom/parts.js";
import { textBody } from "../deliveries/body.js";
import { timeline } from "../deliveries/timeline.js";
import { to } from "../frame/routes.js";
import { trouble } from "../frame/trouble.js";
import { money } from "../text/numbers.js";

/** Shows an order in its pane. */
export function openOrder(pane, id, back) {
    const ended = new AbortController();
    fill(pane, make("p", { class: "page quiet" }, "…"));
    const load = async () => {
        try {
            const [it, changed, happened] = await Promise.all([
                order(id, ended.signal), orderChanges(id, ended.signal), orderTimeline(id, ended.signal),
            ]);
            const link = make("button", { class: "bare back", onclick: back }, "← All orders");
            fill(pane, make("article", { class: "page" }, link, page(it, changed.data, happened.data)));
        } catch (problem) {
            if (problem.name !== "AbortError") fill(pane, trouble(problem, load));
        }
    };
    load();
    return { close: () => ended.abort() };
}

function page(it, changed, happened) {
    return [
        make("header", { class: "heading" },
            make("div", {},
                make("h1", {}, "Order ", called(it.order_id)),
                make("p", { class: "quiet" }, it.source, " · ", it.status ?? "no status", " · changed ", since(it.updated_at), " · ", jobState(it))),
            make("p", { class: "large amount" }, money(it.total_amount, it.currency))),
        it.error_message && make("p", { class: "verdict bad" }, make("strong", {}, "Its last attempt failed. "), it.error_message),
        facts([
            ["Number", it.order_number], ["Shop", it.shop_id], ["Customer", it.customer_name], ["E-mail", it.email],
            ["Shipping", it.shipping_fee === null ? null : money(it.shipping_fee, it.currency)],
            ["Tracking", it.tracking_number], ["Created", time(it.created_at)],
            ["Processed", it.processed_at && time(it.processed_at)],
        ]),
        section("How its fields came to be", changed.length === 0 ? make("p", { class: "quiet" }, "Nothing is known.") : table(
            "Field history", [["When"], ["Field"], ["Before", "long"], ["After", "long"], ["Event", "end"]],
            changed.map((change) => [
                time(change.received_at), change.field, value(change.old), value(change.new),
                make("a", { href: to("deliveries", ["event", change.event_id]) }, String(change.event_id)),
            ]))),
        section("Timeline", timeline(happened, null, true)),
        make("details", {}, make("summary", {}, "All normalized fields"), textBody(JSON.stringify(it.order_data))),
        Object.keys(it.extra).length > 0 && make("details", {},
            make("summary", {}, "Fields that the ledger does not know"), textBody(JSON.stringify(it.extra))),
    ].filter(Boolean);
}

function jobState(it) {
    if (it.dead_jobs > 0) return state("failed", "has a dead letter");
    return it.processed ? state("done", "processed") : state("pending", "has open jobs");
}

function value(it) {
    if (it === null || it === undefined) return make("span", { class: "quiet" }, "–");
    return typeof it === "string" ? it : JSON.stringify(it);
}
