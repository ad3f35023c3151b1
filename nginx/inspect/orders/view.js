// Orders: the list, and one of them beside it.

import { orders } from "../api/calls.js";
import { make, fill } from "../dom/make.js";
import { choice, empty, further, id as called, time } from "../dom/parts.js";
import { VirtualList } from "../dom/virtual-list.js";
import { go, to } from "../frame/routes.js";
import { trouble } from "../frame/trouble.js";
import { money } from "../text/numbers.js";
import { sources } from "../frame/source-choice.js";
import { saved } from "../frame/saved.js";
import { openOrder } from "./order.js";

const PAGE = 100;
const PAUSE = 300;

export function open(place) {
    let query = null;
    let shown = null;
    let pages = null;

    const list = new VirtualList({
        label: "Orders", key: (order) => String(order.id), render: row,
        href: (order) => to("orders", [order.id], asked(query)), more: () => pages?.more(),
    });
    const search = make("input", {
        type: "search", "aria-label": "Search orders", placeholder: "Search: id, e-mail, customer, tracking …", maxlength: 200,
        spellcheck: "false",
    });
    let timer = null;
    search.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => change({ q: search.value.trim() }), PAUSE);
    });
    const which = choice("Which orders", "", [["", "All"], ["false", "With open or dead jobs"], ["true", "Processed"]],
        (processed) => change({ processed }));
    const from = sources((source) => change({ source }));
    const searches = saved("orders", () => asked(query ?? {}));
    const nothing = make("div", { hidden: true });
    const rest = make("div", {});
    const thing = make("div", { class: "thing" });
    const panes = make("div", { class: "panes" },
        make("div", { class: "list" }, make("h1", { class: "unseen" }, "Orders"),
            make("div", { class: "bar" }, make("search", { class: "filter" }, search, which, from.element, searches.element)), nothing, rest, list.element), thing);
    fill(place, panes);

    const change = (members) => go(to("orders", [], { ...asked(query), ...members }), { replace: true });
    const toList = () => shown?.id && go(to("orders", [], asked(query)));

    function begin() {
        pages?.close();
        fill(rest);
        pages = new Pages(asked(query), (items, searchedTo) => {
            list.show(items);
            fill(rest, further(searchedTo, () => pages.more()));
            fill(nothing, query.q || query.processed || query.source ? empty("No order matches.", "Remove a word or a filter.")
                : empty("No order yet.", "Orders appear here with the first delivery about them."));
            nothing.hidden = items.length > 0;
        }, (problem) => {
            if (pages.items.length === 0) list.show([]);
            fill(nothing, trouble(problem, begin));
            nothing.hidden = false;
        });
        list.expectOther();
        pages.more();
    }

    return {
        go(route) {
            const isOther = query === null || JSON.stringify(asked(route.query)) !== JSON.stringify(asked(query));
            query = route.query;
            if (isOther) {
                if (document.activeElement !== search) search.value = query.q ?? "";
                which.value = ["true", "false"].includes(query.processed) ? query.processed : "";
                from.choose(query.source);
                searches.tell();
                begin();
            }
            const id = route.path[0] ?? null;
            if (shown && shown.id === id) return;
            shown?.close();
            panes.toggleAttribute("data-open", id !== null);
            thing.scrollTop = 0;
            if (!id) fill(thing, empty("Choose an order.", make("kbd", {}, "j"), " and ", make("kbd", {}, "k"), " move, ", make("kbd", {}, "Enter"), " opens."));
            shown = { id, close() {}, ...(id ? openOrder(thing, id, toList) : {}) };
            list.mark(id);
        },
        close() {
            pages?.close();
            shown?.close();
        },
        get keys() {
            return { j: () => list.move(1), k: () => list.move(-1), Escape: toList };
        },
    };
}

const asked = ({ q, processed, source } = {}) => ({ q, processed, source });

/** Page after page of a list, the newest first. */
class Pages {
    #ended = new AbortController();
    #items = [];
    #next;
    #isAsking = false;

    constructor(query, onItems, onProblem) {
        Object.assign(this, { query, onItems, onProblem });
    }

    get items() { return this.#items; }

    close() {
        this.#ended.abort();
    }

    async more() {
        // The list asks as soon as it is empty, and so does whoever began: a page is asked for once.
        if (this.#next === null || this.#isAsking) return;
        this.#isAsking = true;
        try {
            const page = await orders({ ...this.query, limit: PAGE, before: this.#next }, this.#ended.signal);
            this.#next = page.next;
            this.#items = [...this.#items, ...page.data];
            this.onItems(this.#items, page.searched_to);
        } catch (problem) {
            if (problem.name !== "AbortError") this.onProblem(problem);
        } finally {
            this.#isAsking = false;
        }
    }
}

function row(order) {
    const became = order.dead_jobs > 0 ? ["bad", "dead letter"] : order.processed ? ["good", "processed"]
        : ["waiting", order.open_jobs > 0 ? "open jobs" : "held jobs"];
    return [
        make("span", { class: `dot ${became[0]}` }),
        make("span", { class: "what cut" }, make("strong", {}, called(order.order_id)), " ", make("span", { class: "quiet" }, called(order.status ?? ""))),
        make("span", { class: "when amount cut" }, called(money(order.total_amount, order.currency))),
        make("span", { class: "whom cut" }, order.source, " · ", time(order.updated_at), order.customer_name ? [" · ", called(order.customer_name)] : null),
        make("span", { class: became[0] === "good" ? "unseen" : `became ${became[0]}` }, became[1]),
    ];
}
