// Comments that wait for a person's decision.

import { comments, decide } from "../api/calls.js";
import { Poll } from "../api/poll.js";
import { fill, make } from "../dom/make.js";
import { choice, empty, id, since, state } from "../dom/parts.js";
import { long } from "../dom/text.js";
import { say } from "../frame/notices.js";
import { askForReason } from "../frame/reason.js";
import { go, to } from "../frame/routes.js";
import { trouble } from "../frame/trouble.js";
import { own } from "../text/own.js";

const MOST = 100;
// What six lines of a wide card hold: of so much nothing is folded away.
const LONG = 350;
const LINES = 6;
const SHOWN = [["review", "To be reviewed"], ["allow", "Allowed"], ["delete", "Deleted"], ["all", "All"]];

export function open(place) {
    let moderation = null;
    let before = null;
    let drawn = "";
    const list = make("ol", { class: "cards", role: "list" });
    const note = make("div", {});
    const more = make("p", { class: "quiet" });
    const problemPlace = make("div", {});
    const which = choice("Which comments", "review", SHOWN, (moderation) => go(to("comments", [], { moderation }), { replace: true }));
    fill(place, make("div", { class: "page" }, make("div", { class: "heading" }, make("h1", {}, "Comments"), which), problemPlace, note, list, more));

    const poll = new Poll(async (signal) => {
        const { data, next } = await comments({ moderation: moderation === "all" ? null : moderation, limit: MOST, before }, signal);
        const text = JSON.stringify([moderation, before, data, next]);
        if (text === drawn) return;
        drawn = text;
        fill(list, data.map((comment) => card(comment, () => poll.now())));
        fill(note, data.length > 0 ? null : moderation === "review"
            ? empty("No comments wait for a decision.", "Comments that the moderation rules cannot decide appear here.")
            : empty("No comment."));
        fill(more, pages({ moderation }, before, next));
    }, 3000, (state, problem) => fill(problemPlace, state === "broken" ? trouble(problem, () => poll.now()) : null));
    return {
        go({ query }) {
            moderation = SHOWN.some(([word]) => word === query.moderation) ? query.moderation : "review";
            before = query.before ?? null;
            which.value = moderation;
            poll.stop();
            poll.start();
        },
        close: () => poll.stop(),
        keys: {},
    };
}

/** Where the others are, if these are not all. */
function pages(query, before, next) {
    return [
        before !== null && [make("a", { href: to("comments", [], query) }, "The newest comments"), " "],
        next !== null && [`${MOST} are shown. `, make("a", { href: to("comments", [], { ...query, before: next }) }, "Older comments")],
    ];
}

function card(comment, onDecided) {
    const undecided = comment.moderation === "review" && !comment.deleted;
    return make("li", { class: "card" },
        make("p", { class: "quiet small" }, id(comment.username ?? comment.user_id ?? "unknown"), " · ", comment.source, " · ",
            since(comment.created_at), comment.video_id ? [" · video ", id(comment.video_id)] : null),
        said(comment.text ?? "(no text)"),
        make("p", { class: "small" }, comment.moderation ? state(comment.moderation, own(NAMES, comment.moderation) ?? comment.moderation) : null,
            comment.moderation_reason ? make("span", { class: "quiet" }, " ", long(comment.moderation_reason)) : null),
        undecided && make("div", { class: "actions" },
            make("button", { onclick: () => put(comment, "allow", "Allow", onDecided) }, "Allow"),
            make("button", { class: "danger", onclick: () => put(comment, "delete", "Delete", onDecided) }, "Delete")));
}

/** A text; of a long one the first lines, and the rest when it is asked for. */
function said(text) {
    const element = make("p", { class: "said" }, long(text, 2000));
    if (text.length < LONG && text.split("\n").length <= LINES) return element;
    element.classList.add("cut-short");
    const more = make("button", {
        class: "bare more", "aria-expanded": "false",
        onclick: () => {
            const isWhole = !element.classList.toggle("cut-short");
            more.setAttribute("aria-expanded", String(isWhole));
            more.textContent = isWhole ? "less" : "more";
        },
    }, "more");
    return [element, more];
}

const NAMES = { review: "to be reviewed", allow: "allowed", delete: "deleted" };

function put(comment, decision, verb, onDecided) {
    askForReason({
        title: `${verb} this comment`, verb, scope: "admin", isDangerous: decision === "delete",
        body: [make("blockquote", { class: "said" }, long(comment.text ?? "(no text)", 1000))],
        task: async (reason) => {
            await decide(comment.id, decision, { reason, expected: comment.moderation });
            say(decision === "allow" ? "Allowed." : "Its deletion is ordered.");
            onDecided();
        },
    });
}
