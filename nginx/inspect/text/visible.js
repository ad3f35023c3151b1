// Invisible characters, and those that change the direction of the text around them, written out such as \u202e: in every
// text that a sender fills, so that what is read is what is there.

// What an emoji is made of (joiners, selectors, tags) belongs to its picture; the same marks anywhere else are hidden.
// Tabs and line ends lay a text out; a line end's own carriage return belongs to it.
const SEEN = "\\p{RGI_Emoji}|\\r(?=\\n)|[\\n\\t]";
const HIDDEN = "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\u2028\\u2029\\u2800]";
const EITHER = new RegExp(`${SEEN}|${HIDDEN}`, "gv");
const ANY = new RegExp(HIDDEN, "v");
const IS_SEEN = new RegExp(`^(?:${SEEN})`, "v");

// Of a run of them this many are written out, so that a text of nothing else is not seven times as long.
const MOST_IN_A_ROW = 8;

/** One such character as it is written out. */
function written(mark) {
    const code = mark.codePointAt(0).toString(16);
    return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
}

/**
 * A text in pieces, in order.
 *
 * @returns {{text: string, isHidden: boolean}[]} hidden ones stand for characters that are written out
 */
export function pieces(text) {
    text = String(text ?? "");
    if (!ANY.test(text)) return text === "" ? [] : [{ text, isHidden: false }];
    const out = [];
    let at = 0;
    const plain = (end) => end > at && out.push({ text: text.slice(at, end), isHidden: false });
    let run = null;
    for (const { 0: mark, index } of text.matchAll(EITHER)) {
        if (IS_SEEN.test(mark)) continue;
        if (run === null || index > at) {
            plain(index);
            run = { text: "", isHidden: true, count: 0 };
            out.push(run);
        }
        run.count += 1;
        if (run.count <= MOST_IN_A_ROW) run.text += written(mark);
        at = index + mark.length;
    }
    plain(text.length);
    for (const each of out) if (each.count > MOST_IN_A_ROW) each.text += ` and ${each.count - MOST_IN_A_ROW} more hidden`;
    return out;
}

/** The same as one text. */
export const visible = (text) => pieces(text).map((piece) => piece.text).join("");

/** A text with every such character as an escape of JSON; the text must be JSON, so they are in strings. */
export const escaped = (text) => text.replace(EITHER, (mark) => (IS_SEEN.test(mark) ? mark
    : Array.from({ length: mark.length }, (_, place) => `\\u${mark.charCodeAt(place).toString(16).padStart(4, "0")}`).join("")));
