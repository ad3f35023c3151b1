// Every call of the API goes through here.

import { own } from "../text/own.js";

let token = null;
const written = new WeakMap();

/** A failed call: the problem that the API answered (RFC 9457), or that it did not answer. */
export class Problem extends Error {
    constructor(status, title, detail, retryAfter) {
        super(detail ? `${title}: ${detail}` : title);
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.retryAfter = retryAfter;
    }
}

/** Takes a token for the calls to come; null forgets it. */
export function useToken(text) {
    token = text;
}

/**
 * Calls the API.
 *
 * @param {string} method
 * @param {string} path below the server, such as /api/v2/events
 * @param {{query?: object, body?: string, signal?: AbortSignal, token?: string}} [call] members of `query` that are null,
 *   undefined or empty are left out; `body` is JSON
 * @returns {Promise<any>} the JSON of the answer; null when it has no body
 * @throws {Problem}
 */
export async function request(method, path, call = {}) {
    const asked = Object.entries(call.query ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
    const query = new URLSearchParams(asked).toString();
    const headers = { Accept: "application/json" };
    const bearer = call.token ?? token;
    if (bearer !== null) headers.Authorization = `Bearer ${bearer}`;
    if (call.body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
        response = await fetch(query ? `${path}?${query}` : path, {
            method, headers, signal: call.signal, cache: "no-store", credentials: "omit", redirect: "error",
            body: call.body,
        });
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new Problem(0, navigator.onLine ? "The server cannot be reached" : "This browser is offline", null, null);
    }
    if (!response.ok) throw await problem(response);
    const text = await response.text();
    if (text === "") return null;
    const answer = JSON.parse(text, exactly);
    if (typeof answer === "object" && answer !== null) written.set(answer, text);
    return answer;
}

const isRounded = (value, context) => typeof value === "number" && context?.source !== undefined && String(value) !== context.source;

/** A number that would lose digits (an id above 2^53, an amount that ends in 0) stays the text it was sent as. */
const exactly = (_, value, context) => (isRounded(value, context) ? context.source : value);

/**
 * An answer of `request` again, for values that senders chose: numbers are numbers in it, and `JSON.stringify` writes
 * each as it was sent.
 */
export function exact(answer) {
    const isWritable = JSON.rawJSON !== undefined;
    return JSON.parse(written.get(answer), (_, value, context) =>
        (isRounded(value, context) ? (isWritable ? JSON.rawJSON(context.source) : context.source) : value));
}

/** A value of `exact` as a person reads it: texts as they are, everything else as JSON. */
export const said = (value) => (typeof value === "string" ? value : JSON.stringify(value));

async function problem(response) {
    const told = (await response.json().catch(() => null)) ?? {};
    const retryAfter = Number(response.headers.get("Retry-After")) || null;
    // What passes: its detail says it all. A proxy in front of the server may answer it, too, in its own form.
    const passing = own(PASSING, response.status);
    if (passing) return new Problem(response.status, cut(told.detail ?? passing), null, retryAfter);
    const title = told.title ?? told.error ?? told.message ?? `The server answered ${response.status}`;
    return new Problem(response.status, cut(title), told.detail ? cut(told.detail) : null, retryAfter);
}

const PASSING = { 429: "Too many requests", 502: "The API is not running", 503: "The API is away" };

const cut = (text) => String(text).slice(0, 500);
