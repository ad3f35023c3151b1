// JSON laid out for reading, token by token: numbers keep every digit they were sent with (ids above 2^53 exist, and
// JSON.parse would round them), repeated keys stay, and what is no JSON is left alone.

const TOKEN = /\s+|[{}\[\],:]|"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/gy;
const INDENT = "  ";

// Deeper than this the ledger itself reads none, and the indentation alone would fill the memory.
export const DEPTH = 64;

/** The tokens of a JSON text without the space between them. The text must be JSON. */
export function* tokens(text) {
    for (const [token] of text.matchAll(TOKEN)) {
        if (token.trim() !== "") yield token;
    }
}

/** Whether a text is JSON that is nested no deeper than the ledger reads. */
export function isReadable(text) {
    try { JSON.parse(text); } catch { return false; }
    let depth = 0;
    for (const token of tokens(text)) {
        if (token === "{" || token === "[") depth += 1;
        else if (token === "}" || token === "]") depth -= 1;
        if (depth > DEPTH) return false;
    }
    return true;
}

/**
 * The tokens of a text laid out, each with what it is; read as far as they are wanted.
 *
 * @param {string} text JSON
 * @param {(token: string) => string} shown what stands for a string or a number
 * @returns {Iterable<{kind: "key"|"string"|"number"|"word"|null, text: string}>} null: marks and space
 */
export function* pretty(text, shown = (token) => token) {
    let depth = 0;
    let before = null;
    let token = null;
    const line = () => ({ kind: null, text: `\n${INDENT.repeat(depth)}` });
    const one = function* (next) {
        if (token === "{" || token === "[") {
            yield { kind: null, text: token };
            depth += 1;
            if (next !== "}" && next !== "]") yield line();
        } else if (token === "}" || token === "]") {
            depth -= 1;
            if (before !== "{" && before !== "[") yield line();
            yield { kind: null, text: token };
        } else if (token === ",") {
            yield { kind: null, text: token };
            yield line();
        } else if (token === ":") {
            yield { kind: null, text: ": " };
        } else {
            yield { kind: kindOf(token, next), text: shown(token) };
        }
    };
    for (const next of tokens(text)) {
        if (token !== null) yield* one(next);
        [before, token] = [token, next];
    }
    if (token !== null) yield* one(null);
}

/** The same as one text; a text that is no JSON as it is. */
export function prettyText(text, shown) {
    return isReadable(text) ? Array.from(pretty(text, shown), (token) => token.text).join("") : text;
}

function kindOf(token, next) {
    if (token.startsWith("\"")) return next === ":" ? "key" : "string";
    return /^[-\d]/.test(token) ? "number" : "word";
}
