// JSON laid out for reading, token by token: numbers keep every digit they were sent with (ids above 2^53 exist, and
// JSON.parse would round them), repeated keys stay, and what is no JSON is left alone.

const TOKEN = /\s+|[{}\[\],:]|"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/gy;
const INDENT = "  ";

// Deeper than this the ledger itself reads none, and the indentation alone would fill the memory.
export const DEPTH = 64;

/** The tokens of a JSON text without the space between them. The text must be JSON. */
export function tokens(text) {
    return text.match(TOKEN).filter((token) => token.trim() !== "");
}

/**
 * The tokens of a text laid out, each with what it is.
 *
 * @param {string} text
 * @returns {{kind: "key"|"string"|"number"|"word"|"mark"|"space", text: string}[]|null} null when it is no JSON, or too
 *   deep
 */
export function pretty(text) {
    try { JSON.parse(text); } catch { return null; }
    const found = tokens(text);
    const out = [];
    let depth = 0;
    const line = () => out.push({ kind: "space", text: `\n${INDENT.repeat(depth)}` });
    for (const [place, token] of found.entries()) {
        const next = found[place + 1];
        if (token === "{" || token === "[") {
            out.push({ kind: "mark", text: token });
            depth += 1;
            if (depth > DEPTH) return null;
            if (next !== "}" && next !== "]") line();
        } else if (token === "}" || token === "]") {
            depth -= 1;
            const before = found[place - 1];
            if (before !== "{" && before !== "[") line();
            out.push({ kind: "mark", text: token });
        } else if (token === ",") {
            out.push({ kind: "mark", text: token });
            line();
        } else if (token === ":") {
            out.push({ kind: "mark", text: ": " });
        } else {
            out.push({ kind: kindOf(token, next), text: token });
        }
    }
    return out;
}

/** The same as one text. */
export function prettyText(text) {
    return pretty(text)?.map((token) => token.text).join("") ?? text;
}

function kindOf(token, next) {
    if (token.startsWith("\"")) return next === ":" ? "key" : "string";
    return /^[-\d]/.test(token) ? "number" : "word";
}
