// A JSON text as a tree whose numbers, strings and keys stay the texts they are, repeated keys included, so that what
// nobody changed is sent back as it is; and what changed between two trees, said as the API's `set` wants it: path → value.

import { DEPTH, tokens } from "./json.js";

/**
 * Reads a JSON text.
 *
 * @param {string} text
 * @returns {Tree} `{members: [{name, key, value}]}` (`name` as it is written, `key` what it means), `{items: []}` or `{text}`
 * @throws {SyntaxError} with the place, in the browser's words
 * @throws {RangeError} when it is nested deeper than the ledger reads
 */
export function parse(text) {
    JSON.parse(text);
    const found = [...tokens(text)];
    let place = 0;
    let depth = 0;
    const nested = (inside) => {
        depth += 1;
        if (depth > DEPTH) throw new RangeError(`nested more than ${DEPTH} levels deep`);
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
        const list = [];
        while (found[place] !== "}") {
            if (found[place] === ",") place += 1;
            const name = found[place];
            place += 2;
            list.push({ name, key: JSON.parse(name), value: value() });
        }
        place += 1;
        return list;
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

/** A tree as compact JSON. @param {(token: string) => string} restored what a string, number or key is written as */
export function write(tree, restored = (token) => token) {
    if (tree.members) return `{${tree.members.map(({ name, value }) => `${restored(name)}:${write(value, restored)}`).join(",")}}`;
    if (tree.items) return `[${tree.items.map((item) => write(item, restored)).join(",")}]`;
    return restored(tree.text);
}

/** A change that cannot be said as path → value. */
export class Unsayable extends Error {}

// As many characters as the API takes in a path.
const LONGEST = 200;

/**
 * What has to be set in one tree to make it the other one. A member that was taken away, one of a repeated key that is not
 * the last, or an array that grew, is said by setting what holds it.
 *
 * @param {(token: string) => string} restored what a token is sent as
 * @returns {{path: string, text: string}[]} `text` is the new value as JSON
 * @throws {Unsayable} when what holds it is the outermost value, which cannot be set
 */
export function changes(before, after, restored = (token) => token) {
    return at([], before, after, restored);
}

function at(path, before, after, restored) {
    if (write(before) === write(after)) return [];
    return within(path, before, after, restored) ?? whole(path, after, restored);
}

/** The changes inside; null when only the whole can be set. */
function within(path, before, after, restored) {
    if (before.members && after.members) {
        const [old, now] = [lastOf(before), lastOf(after)];
        // The API changes the last member of a key, and adds members at the end.
        const isSameUpToLast = before.members.every(({ name, key, value }, place) => {
            const it = after.members[place];
            return it?.name === name && (old.get(key) === before.members[place] || write(it.value) === write(value));
        });
        const isPlain = old.size === before.members.length && now.size === after.members.length
            && [...old.keys()].every((key) => now.has(key));
        if (!isSameUpToLast && !isPlain) return null;
        const changed = [...now.values()].filter(({ key, value }) => !old.has(key) || write(old.get(key).value) !== write(value));
        if (!isPlain && changed.some(({ key }) => !old.has(key) && after.members.filter((each) => each.key === key).length > 1)) return null;
        return changed.flatMap(({ key, value }) => (old.has(key)
            ? at([...path, key], old.get(key).value, value, restored) : whole([...path, key], value, restored)));
    }
    if (before.items && after.items && before.items.length === after.items.length) {
        return after.items.flatMap((value, place) => at([...path, String(place)], before.items[place], value, restored));
    }
    return null;
}

/** The member that counts of each key. */
const lastOf = (tree) => new Map(tree.members.map((member) => [member.key, member]));

/** A path as the API reads it: a dot of a key itself has a backslash before it. */
export const pathOf = (steps) => steps.map((step) => step.replace(/[.\\]/g, "\\$&")).join(".");

function whole(path, after, restored) {
    if (path.length === 0) {
        throw new Unsayable("Members of the outermost object can be changed and added, not removed or renamed. If a key is there twice, the last one is used and can be changed.");
    }
    const name = pathOf(path);
    if (name === "" || [...name].length > LONGEST) throw new Unsayable(`The path of this member is ${name === "" ? "empty" : "too long"}: the API accepts paths of 1 to ${LONGEST} characters.`);
    return [{ path: name, text: write(after, restored) }];
}
