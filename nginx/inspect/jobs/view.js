// Jobs: the dead letters, to retry or discard, and what is still to do.

import { deadLetters, openJobs } from "../api/calls.js";
import { Poll } from "../api/poll.js";
import { fill, make } from "../dom/make.js";
import { section } from "../dom/parts.js";
import { trouble } from "../frame/trouble.js";
import { DeadLetters } from "./dead-letters.js";
import { depth, open as openTable } from "./open-jobs.js";

const MOST = 200;

export function open(place) {
    const letters = new DeadLetters(() => poll.now());
    const queue = make("div", {});
    const still = make("div", {});
    const problemPlace = make("div", {});
    fill(place, make("div", { class: "page" },
        make("h1", {}, "Jobs"), problemPlace,
        section("Dead letters", letters.element),
        section("Queue", queue),
        section("Open jobs", still)));
    const poll = new Poll(async (signal) => {
        const [dead, open] = await Promise.all([deadLetters({ limit: MOST }, signal), openJobs({ limit: MOST }, signal)]);
        letters.show(dead.data, open.depth.reduce((sum, row) => sum + Number(row.dead), 0));
        fill(queue, depth(open.depth));
        fill(still, openTable(open.data.filter((job) => job.state !== "dead")));
    }, 2000, (state, problem) => fill(problemPlace, state === "broken" ? trouble(problem, () => poll.now()) : null));
    poll.start();
    return { go() {}, close: () => poll.stop(), keys: letters.keys };
}
