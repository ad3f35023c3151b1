// Small parts that many views show in the same way.

import { tone } from "../text/words.js";
import { ago, fullTime, shortTime } from "../text/time.js";
import { make } from "./make.js";
import { cut, long } from "./text.js";

/** A word for a state, in its colour. */
export const state = (word, text = word) => make("span", { class: `state ${tone(word)}` }, text);

/** What a sender calls a thing, among our words: it turns nothing around it, and hides nothing. */
export const id = (text) => make("bdi", {}, cut(text));

/** A time of day; the whole of it on hover. */
export const time = (text) => (text ? make("time", { datetime: text, title: fullTime(text) }, shortTime(text)) : "–");

/** How long ago; the full time on hover. It stays true: see `tick`. */
export const since = (text) => (text ? make("time", { datetime: text, title: fullTime(text), "data-since": true }, ago(text)) : "never");

/** Updates all times that the page shows by `since`. */
export function tick() {
    for (const element of document.querySelectorAll("time[data-since]")) {
        const text = ago(element.dateTime);
        if (text !== element.textContent) element.textContent = text;
    }
}

/** A text as one that may be long; nodes as they are. */
const bounded = (content) => (typeof content === "string" ? long(content) : Array.isArray(content) ? content.map(bounded) : content);

/** Names and values. What is not known, or false, is left out. Texts may be long. */
export function facts(entries) {
    const known = entries.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
    return make("dl", { class: "facts" }, known.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, bounded(value)))));
}

/** A thing of a table: its name, and below it what it is. */
export const named = (name, ...more) => make("div", { class: "named" }, make("div", {}, bounded(name)), make("div", { class: "quiet small" }, bounded(more)));

/** A heading with what belongs to it. */
export const section = (title, ...children) => make("section", {}, make("h2", {}, title), children);

/** For an empty list: what that means, and what to do. */
export const empty = (title, ...advice) => make("div", { class: "empty" }, make("p", {}, title), make("p", { class: "quiet" }, advice));

/** How far a search has looked, and the way on; nothing when it has looked at everything. */
export const further = (searchedTo, go) => (searchedTo ? make("p", { class: "quiet small further" }, "Searched back to ", time(searchedTo), ". ",
    make("button", { class: "bare", type: "button", onclick: go }, "Search further")) : null);

/** A select with its label. @param {[string, string][]} choices value and text */
export function choice(label, value, choices, onchange) {
    const options = choices.map(([each, text]) => make("option", { value: each, selected: each === (value ?? "") }, text));
    return make("select", { "aria-label": label, onchange: (event) => onchange(event.target.value) }, options);
}

// That many columns need more room before each row becomes a block.
const MANY = 6;

/**
 * A table. On narrow screens each row becomes a block whose cells name themselves.
 *
 * @param {[string, string?][]} columns heading, and `end` for numbers, `long` for texts that may be broken anywhere, `unseen`
 *   for a heading that is only read out
 * @param {(Node|string)[][]} rows texts may be long
 */
export function table(label, columns, rows) {
    const isUnseen = (place) => columns[place][1] === "unseen";
    const side = (place) => (isUnseen(place) ? null : columns[place][1] ?? null);
    return make("table", { "aria-label": label, class: columns.length >= MANY ? "many" : null },
        make("thead", {}, make("tr", {}, columns.map(([text], place) => make("th", { scope: "col", class: side(place) },
            isUnseen(place) ? make("span", { class: "unseen" }, text) : text)))),
        make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map((cell, place) =>
            make("td", { class: side(place), "data-name": isUnseen(place) ? null : columns[place][0] }, bounded(cell)))))));
}
