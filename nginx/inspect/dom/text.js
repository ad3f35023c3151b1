// Texts of senders, however long and whatever they hold: hidden characters are written out, and no more is laid out at
// once than a page can show. A browser takes minutes over one line of a million characters.

import { count } from "../text/numbers.js";
import { pieces, visible } from "../text/visible.js";
import { fill, make } from "./make.js";

const LONG = 300;
const NAME = 120;
// Of one part of a text: what can be read at once, and is laid out in some milliseconds.
const CHARACTERS = 8000;
const LINES = 300;
const PIECES = 1500;
// Above this many marks colours would cost more than they are worth.
const MARKS = 400;

/** Where a text may be cut at or before a place: not within a character. */
const whole = (text, place) => (/[\ud800-\udbff]/.test(text[place - 1] ?? "") && place < text.length ? place - 1 : place);

/** A text as nodes, its hidden characters marked. For texts of a bounded length. */
export function shown(text) {
    const found = pieces(text);
    if (found.length > MARKS) return [found.map((piece) => piece.text).join("")];
    return found.map((piece) => (piece.isHidden
        ? make("span", { class: "hidden-mark", title: "an invisible character" }, piece.text) : piece.text));
}

/** A name among other words, cut where it is too long for one. */
export function cut(text, most = NAME) {
    text = String(text ?? "");
    return visible(text.length > most ? `${text.slice(0, whole(text, most))}…` : text);
}

/** A text that may be long: its beginning, and the rest when it is asked for. */
export function long(text, most = LONG) {
    text = String(text ?? "");
    if (text.length <= most) return make("bdi", {}, shown(text));
    const place = make("span", { class: "long" });
    const button = make("button", { class: "bare more", type: "button" }, `Show all ${count(text.length)} characters`);
    button.addEventListener("click", () => {
        const reading = reader([{ text }]);
        fill(place, reading);
        reading.querySelector("button, pre")?.focus();
    });
    return fill(place, make("bdi", {}, shown(text.slice(0, whole(text, most))), "…"), " ", button);
}

/**
 * Rows, a limited number at a time.
 *
 * @param {object[]} items
 * @param {(items: object[]) => Node} draw
 */
export function some(items, draw, step = 50) {
    if (items.length <= step) return draw(items);
    const rows = make("div", {});
    const bar = make("div", { class: "pages" });
    const show = (first, from) => {
        const last = Math.min(items.length, first + step);
        fill(rows, draw(items.slice(first, last)));
        turn(bar, `${count(first + 1)} to ${count(last)} of ${count(items.length)}`, from,
            ["Previous rows", first > 0, () => show(first - step, "Previous rows")], ["Next rows", last < items.length, () => show(last, "Next rows")]);
    };
    show(0);
    return make("div", { class: "some" }, rows, bar);
}

/** Two buttons with what is shown between them; the one that was pressed keeps the focus, or else the other one. */
function turn(bar, words, from, ...steps) {
    const [back, on] = steps.map(([title, isThere, onclick]) => make("button", { class: "bare", type: "button", disabled: !isThere, onclick }, title));
    fill(bar, back, make("span", { class: "quiet small", role: "status" }, words), on);
    if (!from) return;
    const buttons = [back, on].filter((button) => !button.disabled);
    (buttons.find((button) => button.textContent === from) ?? buttons[0])?.focus();
}

/**
 * A text of any length, a part of it at a time.
 *
 * @param {Iterable<{text: string, kind?: string}>} tokens read as far as it is shown
 */
export function reader(tokens) {
    const source = parts(tokens);
    const known = [];
    const text = make("pre", { tabindex: -1 });
    const bar = make("div", { class: "pages", hidden: true });
    const has = (place) => {
        while (known.length <= place) {
            const { value, done } = source.next();
            if (done) return false;
            known.push(value);
        }
        return true;
    };
    const show = (place, from) => {
        fill(text, (known[place] ?? []).map(({ kind, text: said }) => (kind ? make("span", { class: kind }, shown(said)) : shown(said))));
        const isMore = has(place + 1);
        bar.hidden = place === 0 && !isMore;
        turn(bar, `Part ${count(place + 1)}`, from,
            ["Previous part", place > 0, () => show(place - 1, "Previous part")], ["Next part", isMore, () => show(place + 1, "Next part")]);
        if (from) text.closest(".code, td, dd")?.scrollTo?.(0, 0);
    };
    has(0);
    show(0);
    return make("div", { class: "reader" }, text, bar);
}

/** The tokens in parts that a page can show; a token that is longer than one is cut. */
function* parts(tokens) {
    let part = [];
    let characters = 0;
    let lines = 0;
    for (const { kind, text } of tokens) {
        for (let at = 0; at < text.length;) {
            if (characters >= CHARACTERS || lines >= LINES || part.length >= PIECES) {
                yield part;
                [part, characters, lines] = [[], 0, 0];
            }
            const room = Math.max(2, CHARACTERS - characters);
            let end = whole(text, Math.min(text.length, at + room));
            for (let line = text.indexOf("\n", at); line >= 0 && line < end; line = text.indexOf("\n", line + 1)) {
                lines += 1;
                if (lines >= LINES) end = line + 1;
            }
            part.push({ kind, text: text.slice(at, end) });
            characters += end - at;
            at = end;
        }
    }
    if (part.length > 0) yield part;
}
