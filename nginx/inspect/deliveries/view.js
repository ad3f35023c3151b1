// Deliveries: the live list, and one of them beside it.

import { fill, make } from "../dom/make.js";
import { VirtualList } from "../dom/virtual-list.js";
import { empty, further } from "../dom/parts.js";
import { go, to } from "../frame/routes.js";
import { isOfToken, trouble } from "../frame/trouble.js";
import { duration } from "../text/time.js";
import { counted } from "../text/numbers.js";
import { asked, filter } from "./filter.js";
import { Feed, keyOf } from "./feed.js";
import { openDelivery } from "./delivery.js";
import { row } from "./row.js";

export function open(place) {
    let feed = null;
    let query = null;
    let shown = null;
    let isPaused = false;
    let isTroubled = false;
    let unseen = 0;

    const list = new VirtualList({
        label: "Deliveries", key: keyOf, render: row, href: (item) => to("deliveries", [item.kind, item.id], asked(query)),
        more: () => feed?.older().catch(tell),
    });
    const bar = make("div", { class: "bar" });
    const status = make("button", { class: "bare live", "aria-pressed": "false", title: "Pause or resume (p)", onclick: pause });
    const fresh = make("button", { class: "main fresh", hidden: true, onclick: () => list.top() });
    const nothing = make("div", { hidden: true });
    const rest = make("div", {});
    const thing = make("div", { class: "thing" });
    const panes = make("div", { class: "panes" },
        make("div", { class: "list" }, make("h1", { class: "unseen" }, "Deliveries"), bar, status, nothing, rest, list.element, fresh),
        thing);
    list.element.addEventListener("scroll", () => {
        if (list.element.scrollTop === 0) news(0);
    });
    fill(place, panes);

    function news(number) {
        unseen = number;
        fresh.hidden = unseen === 0;
        fresh.textContent = `${counted(unseen, "new delivery", "new deliveries")} above`;
    }

    function begin() {
        feed?.close();
        fill(bar, filter(query));
        fill(rest);
        list.expectOther();
        feed = new Feed(asked(query), {
            items: (added) => {
                const isRead = list.element.scrollTop > 0;
                list.show(feed.items, added);
                if (added > 0 && isRead) news(unseen + added);
                tellNothing();
            },
            item: (item) => {
                list.refresh(item);
                if (shown?.key === keyOf(item)) shown.look();
            },
            state: tellState,
            seen: () => list.seen,
        });
        news(0);
        if (isPaused) feed.first().catch(tell);
        else feed.start();
    }

    function tellNothing() {
        isTroubled = false;
        fill(nothing, isFiltered() ? NONE_FOUND : NONE_YET);
        nothing.hidden = feed.items.length > 0;
        fill(rest, further(feed.searchedTo, () => feed.older().catch(tell)));
    }

    const isFiltered = () => Object.values(asked(query)).some(Boolean);

    function pause() {
        isPaused = !isPaused;
        status.setAttribute("aria-pressed", String(isPaused));
        if (isPaused) feed.pause();
        else feed.start();
    }

    function tellState(state, problem, wait) {
        status.dataset.state = state;
        status.textContent = state === "live" ? "Live" : state === "paused" ? "Paused"
            : wait === null ? problem.message : `${problem.title ?? problem.message}; retrying in ${duration(wait)}`;
        if (state === "live" && isTroubled) tellNothing();
        if (state !== "broken" || (feed.items.length > 0 && !isOfToken(problem))) return;
        tell(problem);
        isTroubled = true;
    }

    function tell(problem) {
        if (problem.name === "AbortError") return;
        if (feed.items.length === 0) list.show([]);
        fill(nothing, trouble(problem, begin));
        nothing.hidden = false;
    }

    function toList() {
        if (shown?.key) go(to("deliveries", [], asked(query)));
    }

    return {
        go(route) {
            const next = JSON.stringify(asked(route.query));
            const isOther = query === null || next !== JSON.stringify(asked(query));
            query = route.query;
            if (isOther) keepingFocus(bar, begin);
            const [kind, id] = route.path;
            const key = kind ? `${kind}/${id}` : null;
            if (shown?.key === key && shown) return;
            shown?.close();
            panes.toggleAttribute("data-open", key !== null);
            thing.scrollTop = 0;
            shown = { key, ...(key ? openDelivery(thing, kind, id, toList, () => feed.lookAt(key)) : nothingOpen(thing)) };
            list.mark(key);
        },
        close() {
            feed?.close();
            shown?.close();
        },
        get keys() {
            return {
                j: () => list.move(1), k: () => list.move(-1), p: pause, Escape: toList,
                y: () => thing.querySelector("[data-key=y]")?.click(), ...shown?.keys,
            };
        },
    };
}

const NONE_YET = empty("No delivery yet.", "Send one: ", make("code", {}, "hookledger send tiktok-shop --type order_created"), ". It appears here within a second.");
const NONE_FOUND = empty("No delivery matches.", "Remove a word or a filter.");

function nothingOpen(thing) {
    fill(thing, empty("Choose a delivery.", make("kbd", {}, "j"), " and ", make("kbd", {}, "k"), " move, ", make("kbd", {}, "Enter"), " opens."));
    return { close() {} };
}

/** Keeps the focus and the typed text when the bar is built again. */
function keepingFocus(bar, body) {
    const before = bar.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    const at = document.activeElement.selectionEnd;
    body();
    const field = before && bar.querySelector(`[aria-label="${before}"]`);
    field?.focus();
    if (field?.type === "search") field.setSelectionRange(at, at);
}
