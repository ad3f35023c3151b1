// How far the numbers of the charts reach.

import { time } from "../dom/parts.js";

/**
 * What is to be said below charts.
 * @param {object} answer of the statistics
 * @param {boolean} hasQueue whether the queue is among them
 */
export function reach(answer, hasQueue) {
    const text = ["Counted up to ", time(answer.as_of)];
    if (hasQueue) text.push("; the queue of ", time(answer.queue_as_of));
    if (answer.complete_since) text.push("; nothing before ", time(answer.complete_since), " is counted yet");
    return [...text, "."];
}
