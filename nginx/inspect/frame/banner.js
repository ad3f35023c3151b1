// A red line above every view when jobs wait and no batch processor has been seen: nothing that was received is acted on.

import { fill, make } from "../dom/make.js";
import { since } from "../dom/parts.js";
import { counted } from "../text/numbers.js";
import { to } from "./routes.js";

// Cron starts one every minute: after three it is not late, it is away.
const LATE = 180_000;

/**
 * @param {object[]} depth the rows of queue_depth
 * @param {?string} seen when a batch processor was last seen at work
 */
export function show(depth, seen, now = Date.now()) {
    const place = document.getElementById("banner");
    const due = depth.reduce((sum, row) => sum + Number(row.due), 0);
    const isOld = depth.some((row) => Number(row.due) > 0 && Number(row.running) === 0 && Number(row.oldest_seconds) * 1000 > LATE);
    const isAway = seen === null || seen === undefined || now - Date.parse(seen) > LATE;
    place.hidden = !(due > 0 && isOld && isAway);
    if (place.hidden) return fill(place);
    fill(place, make("strong", {}, "No batch processor has run. "),
        seen ? ["It was last seen ", since(seen), "; "] : "None has run so far; ", make("a", { href: to("jobs") }, counted(due, "job")),
        ` ${due === 1 ? "is" : "are"} due. Is cron running, and does `, make("code", {}, "hookledger doctor"), " say why not?");
}
