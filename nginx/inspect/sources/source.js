// One source: how often it sends, what was refused, which secret matched last, what is registered for it, and what has
// changed in its bodies.

import { credentials as tokens, registeredWebhooks, schemaChanges, sources, statistics } from "../api/calls.js";
import { Problem } from "../api/request.js";
import { Poll } from "../api/poll.js";
import { Chart } from "../activity/chart.js";
import { reach } from "../activity/reach.js";
import { floor, waitFor } from "../activity/scale.js";
import { fill, make } from "../dom/make.js";
import { facts, id, section, since } from "../dom/parts.js";
import { to } from "../frame/routes.js";
import { trouble } from "../frame/trouble.js";
import { count } from "../text/numbers.js";
import { duration } from "../text/time.js";
import { plain } from "../text/words.js";
import { changes } from "./changes.js";
import { credentials } from "./credentials.js";
import { registered, sourceOf } from "./registered.js";
import { secrets, silence } from "./row.js";

const BUCKET = 1800;
const DAY = 86_400_000;
const hours = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Shows it in a place; polls until it is closed. */
export function openSource(place, name) {
    const about = make("div", { class: "about" });
    const hooks = make("div", {});
    const note = make("div", {});
    const chartNote = make("div", {});
    const age = make("p", { class: "quiet small" });
    const chart = new Chart({ title: "Deliveries of the last day", kind: "bars", format: count, isWhole: true, total: true });
    const latency = new Chart({ title: "From webhook to done", kind: "lines", format: (value) => duration(value * 1000), isWhole: false, isTime: true });
    fill(place, make("div", { class: "page" },
        make("p", {}, make("a", { href: to("sources") }, "← All sources")), make("h1", {}, id(name)), note, about, chartNote,
        make("div", { class: "charts" }, chart.element, latency.element), age, hooks));
    let drawn = "";
    const poll = new Poll(async (signal) => {
        const [{ data }, webhooks, kept, drift] = await Promise.all([
            sources(signal), registeredWebhooks(signal), tokens(signal), schemaChanges({ source: name, limit: 20 }, signal),
        ]);
        const source = data.find((each) => each.name === name);
        if (!source) throw new Problem(404, "There is no such source", null, null);
        const own = webhooks.data.filter((webhook) => sourceOf(webhook, data) === source);
        const held = kept.data.filter((token) => token.source === name);
        // Redrawn only where something is another: what was unfolded stays so.
        const { silent_seconds: _, ...lasting } = source;
        const text = JSON.stringify([lasting, own, held, drift.data]);
        if (text === drawn) return;
        drawn = text;
        fill(about, summary(source));
        fill(hooks, credentials(held), section("Registered at the provider", registered(own, data)),
            section("Changes in its bodies", changes(drift.data)));
    }, 5000, (state, problem) => fill(note, state === "broken" ? trouble(problem, () => poll.now()) : null));
    const charts = new Poll(async (signal) => {
        const since = new Date(floor(Date.now() - DAY, BUCKET)).toISOString();
        const answer = await statistics({ since, bucket: BUCKET, source: name }, signal);
        const { buckets } = answer;
        const series = (title, look, member) => ({ name: title, look, values: buckets.map((bucket) => (bucket[member] === null ? null : Number(bucket[member]))) });
        const times = buckets.map((bucket) => bucket.at);
        const label = (time) => hours.format(new Date(time));
        chart.show(times, label, [series("accepted", "accent", "deliveries"), series("refused", "bad", "refusals")]);
        latency.show(times, label, [series("half within", "accent", "latency_p50"), series("95 % within", "quiet", "latency_p95")]);
        fill(age, reach(answer, false));
    }, waitFor(BUCKET), (state, problem) => fill(chartNote, state === "broken" ? trouble(problem, () => charts.now()) : null));
    poll.start();
    charts.start();
    return {
        close: () => {
            poll.stop();
            charts.stop();
        },
    };
}

function summary(source) {
    return facts([
        ["Contracts", source.providers.join(", ")],
        ["Paths", make("span", { class: "mono" }, source.paths.join(" "))],
        ["Demands", { required: "a right signature", optional: "a valid signature if there is one", none: "nothing: it accepts everything" }[source.verification] ?? source.verification],
        ["Last delivery", [silence(source), source.last_event_id ? make("a", { href: to("deliveries", ["event", source.last_event_id]) }, `event ${source.last_event_id}`) : null]],
        ["Rate", source.usual_seconds === null ? "not known yet" : `about every ${duration(source.usual_seconds * 1000)}`],
        ["Accepted, 24 h", count(source.events_24h)],
        ["Refused, 24 h", make("a", { href: to("deliveries", [], { source: source.name, outcome: "refused" }) }, count(source.refusals_24h))],
        ["Shops", source.shops.length > 0 && source.shops.map(({ shop, state }) => `${shop} (${state})`).join(", ")],
        ["Last refusal", source.last_refusal_at && [since(source.last_refusal_at), ": ", plain(source.last_refusal_kind), ". ", source.last_refusal_reason]],
        ["Secrets", secrets(source)],
        ["Everything", make("a", { href: to("deliveries", [], { source: source.name }) }, "its deliveries")],
    ]);
}
