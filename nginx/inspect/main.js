// Puts the page together: who reads, which view, which keys.

import { make, fill } from "./dom/make.js";
import { tick } from "./dom/parts.js";
import { begin, onSession, session } from "./api/session.js";
import { Poll } from "./api/poll.js";
import { openJobs } from "./api/calls.js";
import { everywhere, listen } from "./frame/keys.js";
import { form } from "./frame/signin.js";
import { go, here, to } from "./frame/routes.js";
import { trouble } from "./frame/trouble.js";
import * as banner from "./frame/banner.js";
import * as help from "./frame/help.js";
import * as side from "./frame/side.js";
import * as theme from "./frame/theme.js";
import * as deliveries from "./deliveries/view.js";
import * as orders from "./orders/view.js";
import * as jobs from "./jobs/view.js";
import * as comments from "./comments/view.js";
import * as sources from "./sources/view.js";
import * as activity from "./activity/view.js";

const views = { deliveries, orders, jobs, comments, sources, activity };
const place = document.getElementById("view");
let name = null;
let view = null;

function show() {
    let route = here();
    const known = Object.hasOwn(views, route.view) ? route.view : "deliveries";
    if (route.view !== known) route = { view: known, path: [], query: {} };
    side.mark(known);
    document.title = `${side.VIEWS.find(([each]) => each === known)[1]} · Hookledger`;
    if (!session()) return;
    if (known !== name) {
        view?.close();
        name = known;
        view = views[known].open(place, route);
    }
    view.go(route);
}

function leave() {
    view?.close();
    view = null;
    name = null;
}

function askForToken() {
    leave();
    fill(place, make("div", { class: "page gate" }, make("h1", {}, "Sign in"), form("read", () => {})));
    place.querySelector("input").focus();
}

async function start() {
    try {
        await begin();
    } catch (problem) {
        if (problem.status === 401 || problem.status === 403) askForToken();
        else fill(place, make("div", { class: "page" }, trouble(problem, start)));
    }
}

// How many dead letters there are, and that nobody works, is worth knowing wherever one is.
const watch = new Poll(async (signal) => {
    if (!session()) return;
    const { depth, batch_seen_at: seen } = await openJobs({ limit: 1 }, signal);
    side.setCount("jobs", depth.reduce((sum, row) => sum + Number(row.dead), 0));
    banner.show(depth, seen);
}, 10_000);

// Like what is asked for, it rests while nobody looks.
const clock = new Poll(async () => tick(), 15_000);

theme.recall();
side.build();
everywhere({
    "?": help.show,
    t: theme.toggle,
    "/": () => place.querySelector("input[type=search]")?.focus(),
    ...Object.fromEntries(side.VIEWS.map(([each, , key]) => [`g ${key}`, () => go(to(each))])),
});
listen(() => view?.keys ?? {});
onSession((now) => {
    if (!now) return askForToken();
    // Another token may see other data: the view starts over.
    leave();
    show();
    watch.now();
});
addEventListener("hashchange", show);
start();
watch.start();
clock.start();
