// Times as people read them. The API's times are RFC 3339 texts; durations are milliseconds.

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat("en-GB", {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
    fractionalSecondDigits: 3, timeZoneName: "short",
});

/** "14:03:07", with the day before it when that is not today. */
export function shortTime(text, now = new Date()) {
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) return "–";
    return time.toDateString() === now.toDateString() ? clock.format(time) : `${day.format(time)} ${clock.format(time)}`;
}

/** The whole of it, to the millisecond and with the zone. */
export function fullTime(text) {
    const time = new Date(text);
    return Number.isNaN(time.getTime()) ? "–" : full.format(time);
}

/** "3 s ago", "5 min ago", "2 d ago"; "in 3 s" for what is to come. */
export function ago(text, now = Date.now()) {
    const distance = now - Date.parse(text);
    if (Number.isNaN(distance)) return "never";
    if (Math.abs(distance) < 1000) return "now";
    return distance > 0 ? `${duration(distance)} ago` : `in ${duration(-distance)}`;
}

const UNITS = [[86_400_000, "d"], [3_600_000, "h"], [60_000, "min"], [1000, "s"]];

/** "340 ms", "2.1 s", "4 min", "3 h", "12 d": the largest unit that fits, seconds below ten with one decimal. */
export function duration(milliseconds) {
    if (milliseconds === null || milliseconds === undefined || Number.isNaN(milliseconds)) return "–";
    if (milliseconds < 1000) return milliseconds > 0 && milliseconds < 1 ? "< 1 ms" : `${Math.round(milliseconds)} ms`;
    for (const [length, name] of UNITS) {
        if (milliseconds < length) continue;
        const count = milliseconds / length;
        return `${name === "s" && count < 10 ? count.toFixed(1) : Math.floor(count)} ${name}`;
    }
    return "–";
}

/** Milliseconds between two of the API's times; null when one is missing. */
export function between(start, end) {
    const distance = Date.parse(end) - Date.parse(start);
    return Number.isNaN(distance) ? null : distance;
}
