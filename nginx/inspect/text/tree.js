// A JSON text as a tree whose numbers and strings stay the texts they are, so that what nobody changed is sent back
// digit by digit; and what changed between two trees, said as the API's `set` wants it: path → value.

import { DEPTH, tokens } from "./json.js";

/**
 * Reads a JSON text.
 *
 * @param {string} text
 * @returns {Tree} `{members: Map}`, `{items: []}` or `{text}`
 * @throws {SyntaxError} with the place, in the browser's words
 * @throws {RangeError} when it is nested deeper than the ledger reads
 */
export function parse(text) {
    JSON.parse(text);
    const found = tokens(text);
    let place = 0;
    let depth = 0;
    const nested = (inside) => {
        depth += 1;
        if (depth > DEPTH) throw new RangeError(`nested more than ${DEPTH} deep`);
        const made = inside();
        depth -= 1;
        return made;
    };
    const value = () => {
        const token = found[place];
        place += 1;
        if (token === "{") return { members: nested(members) };
        if (token === "[") return { items: nested(items) };
        return { text: token };
    };
    const members = () => {
        const map = new Map();
        while (found[place] !== "}") {
            if (found[place] === ",") place += 1;
            const key = JSON.parse(found[place]);
            place += 2;
            map.set(key, value());
        }
        place += 1;
        return map;
    };
    const items = () => {
        const list = [];
        while (found[place] !== "]") {
            if (found[place] === ",") place += 1;
            list.push(value());
        }
        place += 1;
        return list;
    };
    return value();
}

/** A tree as compact JSON. */
export function write(tree) {
    if (tree.members) return `{${[...tree.members].map(([key, value]) => `${JSON.stringify(key)}:${write(value)}`).join(",")}}`;
    if (tree.items) return `[${tree.items.map(write).join(",")}]`;
    return tree.text;
}

/** A change that can not be said as path → value. */
export class Unsayable extends Error {}

/**
 * What has to be set in one tree to make it the other one. A member that was taken away, or an array that grew, is said
 * by setting what holds it.
 *
 * @returns {{path: string, text: string}[]} `text` is the new value as JSON
 * @throws {Unsayable} when a member of the outermost object was taken away, or the outermost value is another
 */
export function changes(before, after) {
    return at([], before, after);
}

function at(path, before, after) {
    if (write(before) === write(after)) return [];
    return within(path, before, after) ?? whole(path, after);
}

/** The changes inside; null when only the whole can be set. */
function within(path, before, after) {
    if (before.members && after.members) {
        const gone = [...before.members.keys()].some((key) => !after.members.has(key));
        const entries = [...after.members].filter(([key, value]) => write(before.members.get(key) ?? NONE) !== write(value));
        if (gone || entries.some(([key]) => key === "" || key.includes("."))) return null;
        return entries.flatMap(([key, value]) => at([...path, key], before.members.get(key) ?? NONE, value));
    }
    if (before.items && after.items && before.items.length === after.items.length) {
        return after.items.flatMap((value, place) => at([...path, String(place)], before.items[place], value));
    }
    return null;
}

const NONE = { text: "" };

function whole(path, after) {
    if (path.length === 0) {
        throw new Unsayable("Members of the outermost object can be changed and added, not taken away or renamed.");
    }
    return [{ path: path.join("."), text: write(after) }];
}
