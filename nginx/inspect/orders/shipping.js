// Why an order has not shipped, in a sentence, as far as the ledger knows.

import { ago, duration } from "../text/time.js";
import { own } from "../text/own.js";
import { hold } from "../text/words.js";

const LATE = 120_000;

const STAGES = {
    unpaid: "it is not paid",
    on_hold: "it is on hold",
    to_ship: "it is to be shipped, but has no tracking number yet",
    cancelled: "it was cancelled",
};
const LABELLED = "it has a tracking number, but the carrier has not taken it yet";
const SHIPPED = new Set(["shipped", "delivered"]);

// The senders' own words, where they say no stage.
const WORDS = [
    [/UNPAID|PENDING.?PAYMENT|AWAITING.?PAYMENT/i, STAGES.unpaid], [/HOLD/i, STAGES.on_hold],
    [/CANCEL|VOID/i, STAGES.cancelled], [/RETURN|REFUND/i, "it was returned or refunded"],
    [/AWAITING.?SHIPMENT|PROCESSING|TO.?SHIP|UNFULFILLED/i, STAGES.to_ship],
];
const IS_SHIPPED = /^(?!.*(AWAITING|UN|NOT|PARTIAL|TO.?)).*(SHIPPED|TRANSIT|DELIVER|FULFILLED|COMPLETE)/i;

/**
 * @param {object} order as the API has it
 * @param {object[]} jobs that are open
 * @param {object[]} letters dead letters of the order
 * @returns {{isShipped: boolean, text: string}}
 */
export function shipping(order, jobs, letters, now = Date.now()) {
    const [stage, status] = [order.stage ?? null, order.status ?? ""];
    const isTracked = Boolean(order.tracking_number);
    const word = stage === null ? WORDS.find(([each]) => each.test(status))?.[1] : own(STAGES, stage);
    if (stage === "returned") return { isShipped: true, text: "Shipped, and returned." };
    if (SHIPPED.has(stage) || (stage === null && IS_SHIPPED.test(status))) {
        const words = `Shipped according to the sender (${status || stage})`;
        return { isShipped: true, text: isTracked ? `${words}: it has a tracking number.` : `${words}, without a tracking number.` };
    }
    if (isTracked && !word) return { isShipped: true, text: "Shipped: it has a tracking number." };
    const reason = word === STAGES.to_ship && isTracked ? LABELLED : word ?? said(status);
    const work = [...letters.slice(0, 1).map(dead), ...jobs.slice(0, 1).map((job) => open(job, now))];
    return { isShipped: false, text: `Not shipped: ${[reason, ...work].join("; ")}.` };
}

const said = (status) => (status ? `the last status is ${status}` : "the sender has sent no status");

const dead = (letter) => `its job ${letter.action} has failed for good (${letter.last_error ?? "no reason is stored"})`;

function open(job, now) {
    if (job.state === "held") return `its job ${job.action} waits (${hold(job.hold_reason)})`;
    if (job.state === "running") return `its job ${job.action} runs right now`;
    const wait = Date.parse(job.run_at) - now;
    if (wait > 0) return `its job ${job.action} retries ${ago(job.run_at, now)}${job.last_error ? `, after: ${job.last_error}` : ""}`;
    return wait < -LATE ? `its job ${job.action} has been due for ${duration(-wait)}, and no batch processor has claimed it`
        : `its job ${job.action} is about to run`;
}
