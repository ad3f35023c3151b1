// A delivery as text to paste elsewhere: as a command, its headers, its body.

// What curl makes itself, or what was true of that connection only.
const OF_THE_CONNECTION = new Set(["host", "content-length", "connection", "transfer-encoding", "expect", "accept-encoding"]);
// The most that a command line takes (Linux: 128 KiB an argument), and what a quoted text cannot hold.
const LONGEST = 60_000;
const UNQUOTABLE = /[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\u{10ffff}]|\p{Default_Ignorable_Code_Point}|\p{Cf}/u;

/** A text as one word of a POSIX shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The header fields, a line each. */
export const headerText = (request) => request.headers.map(([name, value]) => `${name}: ${value}`).join("\n");

/**
 * The command that sends the same request again. A body that a command cannot contain goes through `base64`.
 *
 * @param {object} request as the API has it
 * @param {string} origin scheme and host to send it to
 */
export function curl(request, origin) {
    const query = request.query ? `?${request.query}` : "";
    const fields = request.headers.filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
    const { text, base64, kept } = request.body;
    // What begins with @ would name a file.
    const isPlain = text !== null && text.length <= LONGEST && !text.startsWith("@") && !UNQUOTABLE.test(text);
    const data = kept === 0 ? [] : [isPlain ? `--data-binary ${quoted(text)}` : "--data-binary @-"];
    const command = [
        `curl ${quoted(origin + request.path + query)} -X ${quoted(request.method)}`,
        ...fields.map(([name, value]) => `-H ${quoted(value === "" ? `${name};` : `${name}: ${value}`)}`),
        ...data,
    ].join(" \\\n  ");
    if (kept === 0 || isPlain) return command;
    return `base64 -d <<'END' | ${command}\n${base64.match(/.{1,76}/g).join("\n")}\nEND`;
}
