// An accepted delivery: the verdict, what it did, request and answer, jobs and their attempts.

import { make } from "../dom/make.js";
import { facts, id, section, since, state, table, time } from "../dom/parts.js";
import { some } from "../dom/text.js";
import { exact, said } from "../api/request.js";
import { to } from "../frame/routes.js";
import { disposition, origin } from "../text/words.js";
import { exchange } from "./exchange.js";
import { jobs } from "./jobs.js";
import { timeline } from "./timeline.js";

/** The parts of its page. Those with `data-part` change while jobs run. */
export function eventPage(item, actions) {
    return [
        heading(item, actions),
        make("p", { class: "verdict" }, make("strong", {}, "Accepted. "), item.words, " ", disposition(item.disposition)),
        aboutIt(item),
        exchange(item.request, item.answer, item.origin),
        part("jobs", section("Jobs", jobs(item))),
        changes(exact(item).changes),
        part("timeline", section("Timeline", timeline(item.timeline, item.received_at))),
    ].filter(Boolean);
}

function heading(item, actions) {
    return part("heading", make("header", { class: "heading" },
        make("div", {},
            make("h1", {}, id(item.type ?? item.provider_type)),
            make("p", { class: "quiet" }, item.source, " · ", since(item.received_at), " · event ", String(item.id), " · ", state(item.state))),
        make("div", { class: "actions" },
            make("button", { title: "e", onclick: actions.change }, "Replay with changes"),
            make("button", { class: "main", title: "r", onclick: actions.replay }, "Replay"))));
}

function aboutIt(item) {
    const order = item.orders.length > 0 && some(item.orders, (orders) => make("span", {}, orders.map((each) => [
        make("a", { href: to("orders", [each.id]) }, "order ", id(each.order_id)), each.shop_key ? ` of ${each.shop_key} ` : " "])), 20);
    const record = item.record && [`${item.record.kind} `, id(item.record.id)];
    const isReplay = item.origin === "replay";
    return facts([
        ["About", order || record || (item.subject && id(item.subject))],
        ["Received", time(item.received_at)],
        ["Happened", item.occurred_at && time(item.occurred_at)],
        ["Type", item.provider_type === item.type ? null : `${item.provider_type}, by ${item.provider}`],
        ["Shop", item.shop_id],
        [isReplay ? "Replayed by" : "Secret", item.key_id],
        ["Came by", item.origin === "delivery" ? null : origin(item.origin)],
        ["Replay of", item.replay_of && eventLink(item.replay_of)],
        ["Replayed as", item.replays.length > 0 && some(item.replays, (ids) => make("span", {}, ids.map((id) => [eventLink(id), " "])), 20)],
        ["From", item.remote_addr],
        ["Request id", make("code", {}, id(item.request_id))],
    ]);
}

const eventLink = (id) => make("a", { href: to("deliveries", ["event", id]) }, `event ${id}`);

function changes(fields) {
    const entries = Object.entries(fields ?? {});
    if (entries.length === 0) return null;
    const made = !entries.every(([, value]) => Array.isArray(value) && value.length === 2);
    const text = (value) => (value === null ? make("span", { class: "quiet" }, "–") : said(value));
    const columns = made ? [["Field"], ["Value", "long"]] : [["Field"], ["Before", "long"], ["After", "long"]];
    const row = ([field, value]) => (made ? [field, text(value)] : [field, text(value[0]), text(value[1])]);
    return section("What it changed", some(entries, (first) => table("What it changed", columns, first.map(row))));
}

function part(name, element) {
    element.dataset.part = name;
    return element;
}
