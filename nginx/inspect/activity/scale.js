// Round numbers for axes.

/**
 * Where the lines of an axis stand: from 0 to the first round number that is not below the largest value.
 *
 * @param {number} largest
 * @param {boolean} isWhole whether the values are counts, between which nothing is
 * @returns {number[]} three to six numbers, 0 first
 */
export function ticks(largest, isWhole) {
    const top = largest > 0 ? largest : 1;
    const rough = top / 4;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max([1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough), isWhole ? 1 : 0);
    const whole = isWhole ? Math.ceil(step) : step;
    return Array.from({ length: Math.ceil(top / whole - 1e-9) + 1 }, (_, place) => place * whole);
}

const UNITS = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"], [0.001, "ms"]];

/** The unit of an axis of seconds: its length and name. Of the largest value it leaves two at least. */
export function unit(largest) {
    return UNITS.find(([length]) => largest >= 2 * length) ?? UNITS.at(-1);
}

/** Every so many-th place, so that labels of that width fit. */
export function every(places, width, labelWidth) {
    return Math.max(1, Math.ceil(places / Math.max(1, Math.floor(width / labelWidth))));
}
