// Round numbers for axes.

/**
 * The places of the lines of an axis: from 0 to the first round number that is not below the largest value.
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

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
    MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY,
    2 * DAY, 5 * DAY, 10 * DAY, 30 * DAY,
];

/**
 * The places at round times of this clock (full hours, quarters, every fifth minute …), as many as labels of that width fit.
 *
 * @param {string[]} times when each place begins, evenly apart
 * @returns {number[]}
 */
export function roundPlaces(times, width, labelWidth) {
    if (times.length < 2) return times.map((_, place) => place);
    const [first, last] = [Date.parse(times[0]), Date.parse(times.at(-1))];
    const most = Math.max(1, Math.floor(width / labelWidth));
    const isRound = (step) => (text) => {
        const time = new Date(text);
        return (time.getTime() - time.getTimezoneOffset() * MINUTE) % step === 0;
    };
    for (const step of STEPS) {
        if ((last - first) / step > most) continue;
        const places = times.flatMap((text, place) => (isRound(step)(text) ? [place] : []));
        if (places.length > 0 && places.length <= most + 1) return places;
    }
    return [0];
}

/** The last time before another one at which a bucket of this many seconds begins. */
export const floor = (milliseconds, seconds) => milliseconds - (milliseconds % (seconds * 1000));

/** Milliseconds until buckets of this many seconds are read again. Long ranges, which cost much, are read rarely. */
export const waitFor = (bucket) => Math.min(300_000, Math.max(10_000, bucket * 50));
