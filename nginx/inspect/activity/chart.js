// A chart of values over time, as SVG: stacked bars, and lines. What is under the pointer, or the arrow
// keys, is in the legend.

import { draw, fill, make } from "../dom/make.js";
import { fullTime } from "../text/time.js";
import { roundPlaces, ticks, unit } from "./scale.js";

const HEIGHT = 168;
const EDGE = { top: 8, right: 8, bottom: 24, left: 48 };
const LABEL = 72;

/**
 * @typedef {object} Series
 * @property {string} name
 * @property {string} look its class: accent, bad, quiet, …
 * @property {(number|null)[]} values one for each time; null leaves a gap
 */

export class Chart {
    element;
    #options;
    #plot = make("div", { class: "plot" });
    #legend = make("figcaption", { class: "legend" });
    #data = null;
    #at = null;
    #width = 0;

    /**
     * @param {object} options
     * @param {string} options.title
     * @param {"bars"|"lines"} options.kind
     * @param {(value: number) => string} options.format
     * @param {boolean} options.isWhole whether the values are counts
     * @param {boolean} [options.isTime] whether they are seconds: the axis has one unit, so that its labels differ
     */
    constructor(options) {
        this.#options = options;
        this.element = make("figure", {
            class: "chart", tabindex: 0, "aria-label": options.title, onkeydown: (event) => this.#step(event),
            onblur: () => this.#point(null),
        }, make("h2", {}, options.title), this.#legend, this.#plot);
        this.#plot.addEventListener("pointermove", (event) => this.#point(this.#placeOf(event)));
        this.#plot.addEventListener("pointerleave", () => this.#point(null));
        new ResizeObserver(([entry]) => {
            this.#width = entry.contentRect.width;
            this.#draw();
        }).observe(this.#plot);
    }

    /** @param {string[]} times when each place begins @param {(text: string) => string} label of a time @param {Series[]} series */
    show(times, label, series) {
        // Whoever looks at a time with the pointer or the keys continues to.
        const place = this.#at === null ? -1 : times.indexOf(this.#data.times[this.#at]);
        this.#at = place < 0 ? null : place;
        this.#data = { times, label, series };
        this.#draw();
    }

    get #inner() { return Math.max(1, this.#width - EDGE.left - EDGE.right); }
    get #step1() { return this.#inner / Math.max(1, this.#data.times.length); }

    #draw() {
        if (!this.#data || this.#width === 0) return;
        const { series } = this.#data;
        this.#tell();
        if (series.every(({ values }) => values.every((value) => value === null))) {
            return fill(this.#plot, make("p", { class: "empty quiet" }, "Nothing in this period."));
        }
        const [length, name] = this.#options.isTime ? unit(this.#largest()) : [1, null];
        const marks = ticks(this.#largest() / length, this.#options.isWhole).map((mark) => mark * length);
        const label = (mark) => (name ? `${Number((mark / length).toFixed(3))} ${name}` : this.#options.format(mark));
        const y = (value) => EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) * (1 - value / marks.at(-1));
        const shapes = this.#options.kind === "bars" ? this.#bars(y) : series.map((each) => this.#line(each, y));
        fill(this.#plot, draw("svg", { viewBox: `0 0 ${this.#width} ${HEIGHT}`, height: HEIGHT, "aria-hidden": "true" },
            marks.map((mark) => [
                draw("line", { class: "grid", x1: EDGE.left, x2: this.#width - EDGE.right, y1: y(mark), y2: y(mark) }),
                draw("text", { class: "axis", x: EDGE.left - 8, y: y(mark) + 4, "text-anchor": "end" }, label(mark)),
            ]), this.#times(), shapes, this.#guide()));
    }

    #largest() {
        const { series, times } = this.#data;
        const sums = times.map((_, place) => {
            const values = series.map(({ values }) => values[place] ?? 0);
            return this.#options.kind === "bars" ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
        });
        return Math.max(0, ...sums);
    }

    #times() {
        const { times, label } = this.#data;
        return roundPlaces(times, this.#inner, LABEL).filter((place) => place * this.#step1 + LABEL / 2 < this.#inner).map((place) =>
            draw("text", { class: "axis", x: EDGE.left + place * this.#step1, y: HEIGHT - 6 }, label(times[place])));
    }

    #bars(y) {
        const { times, series } = this.#data;
        const width = Math.max(1, this.#step1 - (this.#step1 > 5 ? 2 : 0.5));
        return times.map((_, place) => {
            let below = 0;
            return series.map(({ values, look }) => {
                const value = values[place] ?? 0;
                below += value;
                return value === 0 ? null : draw("rect", {
                    class: `shape ${look}`, x: EDGE.left + place * this.#step1, y: y(below), width, height: Math.max(1, y(below - value) - y(below)),
                });
            });
        });
    }

    #line({ values, look }, y) {
        const middle = (place) => EDGE.left + (place + 0.5) * this.#step1;
        const known = (place) => values[place] !== null && values[place] !== undefined;
        const path = values.map((value, place) => (known(place) ? `${known(place - 1) ? "L" : "M"}${middle(place).toFixed(1)} ${y(value).toFixed(1)}` : ""));
        // A single value has no line: a dot shows it.
        const alone = values.map((value, place) => (known(place) && !known(place - 1) && !known(place + 1)
            ? draw("circle", { class: `shape ${look}`, cx: middle(place), cy: y(value), r: 2.5 }) : null));
        return [draw("path", { class: `line ${look}`, d: path.join("") }), alone];
    }

    #guide() {
        if (this.#at === null) return null;
        const x = EDGE.left + (this.#at + 0.5) * this.#step1;
        return draw("line", { class: "guide", x1: x, x2: x, y1: EDGE.top, y2: HEIGHT - EDGE.bottom });
    }

    #tell() {
        const { times, series } = this.#data;
        const value = (each) => {
            if (this.#at !== null) return each.values[this.#at];
            const known = each.values.filter((one) => one !== null);
            return this.#options.total ? known.reduce((sum, one) => sum + one, 0) : known.at(-1) ?? null;
        };
        const when = this.#at !== null ? fullTime(times[this.#at]) : this.#options.total ? "in all" : "last";
        fill(this.#legend, make("span", { class: "quiet" }, when), series.map((each) => make("span", { class: `series ${each.look}` },
            each.name, " ", make("strong", {}, value(each) === null ? "–" : this.#options.format(value(each))))));
    }

    #placeOf(event) {
        const x = event.clientX - this.#plot.getBoundingClientRect().left - EDGE.left;
        const place = Math.floor(x / this.#step1);
        return place >= 0 && place < (this.#data?.times.length ?? 0) ? place : null;
    }

    #point(place) {
        if (!this.#data || place === this.#at) return;
        this.#at = place;
        this.#draw();
    }

    #step(event) {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!by || !this.#data) return;
        event.preventDefault();
        const last = this.#data.times.length - 1;
        this.#point(Math.max(0, Math.min(last, this.#at === null ? last : this.#at + by)));
    }
}
