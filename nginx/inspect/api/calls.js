// The routes that this page uses, by what they are for. openapi.json says what they answer.

import { Problem, request } from "./request.js";

// What the API calls its things: numbers and names of its own. Anything else in an address (`..`, a slash, which
// what is in front of the API may read as a part of the path, encoded or not) names nothing.
const SEGMENT = /^[A-Za-z0-9_-]{1,64}$/;

function address(segments) {
    if (segments.some((segment) => !SEGMENT.test(segment))) throw new Problem(404, "Not found", null, null);
    return `/api/v2/${segments.map((segment) => encodeURIComponent(segment)).join("/")}`;
}

const get = async (path, query, signal) => request("GET", address([path].flat()), { query, signal });
const post = async (path, body) => request("POST", address([path].flat()), { body: JSON.stringify(body) });

export const session = (token) => request("GET", "/api/v2/session", { token });

/** A page of deliveries, the newest first; `after` in the query makes it the poll for what came since. */
export const deliveries = (query, signal) => get("events", query, signal);
export const event = (id, signal) => get(["events", id], {}, signal);
export const refusal = (id, signal) => get(["refusals", id], {}, signal);
export const releaseRefusal = (id, reason) => post(["refusals", id, "release"], { reason });
export const handshake = (id, signal) => get(["handshakes", id], {}, signal);

/**
 * Replays an event.
 *
 * @param {number} id
 * @param {{reason: string, dry_run?: boolean, again?: boolean}} how
 * @param {{path: string, text: string}[]} set values as JSON texts: they go out digit by digit as they are
 */
export const replay = async (id, how, set = []) => {
    const members = Object.entries(how).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    const changed = set.map(({ path, text }) => `${JSON.stringify(path)}:${text}`);
    if (changed.length > 0) members.push(`"set":{${changed.join(",")}}`);
    return request("POST", address(["events", id, "replay"]), { body: `{${members.join(",")}}` });
};

export const orders = (query, signal) => get("orders", query, signal);
export const order = (id, signal) => get(["orders", id], {}, signal);
export const orderChanges = (id, signal) => get(["orders", id, "changes"], { limit: 1000 }, signal);
export const orderTimeline = (id, signal) => get(["orders", id, "timeline"], { limit: 1000 }, signal);

export const openJobs = (query, signal) => get("jobs", query, signal);
export const deadLetters = (query, signal) => get("dead-letters", query, signal);
export const retry = (how) => post(["dead-letters", "retry"], how);
export const discard = (how) => post(["dead-letters", "discard"], how);

export const sources = (signal) => get("sources", {}, signal);
export const credentials = (signal) => get("credentials", {}, signal);
export const registeredWebhooks = (signal) => get("registered-webhooks", {}, signal);
export const schemaChanges = (query, signal) => get("schema-changes", query, signal);
export const comments = (query, signal) => get("comments", query, signal);
export const decide = (id, decision, body) => post(["comments", id, decision], body);
export const statistics = (query, signal) => get("statistics", query, signal);
