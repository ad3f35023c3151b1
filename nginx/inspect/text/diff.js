// What changed between two texts, line by line: a longest common subsequence, after what is equal at both ends has been
// set aside.

// Above this many pairs the middle is shown as removed and added as a whole; a table of that size would freeze the page.
const LIMIT = 4_000_000;

/**
 * The lines of both texts in one order.
 *
 * @param {string} before
 * @param {string} after
 * @returns {{kind: "same"|"removed"|"added", text: string}[]}
 */
export function lines(before, after) {
    const old = before.split("\n");
    const now = after.split("\n");
    let start = 0;
    while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
    let end = 0;
    while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
    return [
        ...old.slice(0, start).map(same),
        ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
        ...old.slice(old.length - end).map(same),
    ];
}

/** The changed lines of a diff, with some equal ones around them, and gaps between. */
export function excerpt(diff, around = 2) {
    const near = diff.map((_, place) =>
        diff.slice(Math.max(0, place - around), place + around + 1).some((line) => line.kind !== "same"));
    const out = [];
    diff.forEach((line, place) => {
        if (near[place]) out.push(line);
        else if (out.length === 0 || out.at(-1).kind !== "gap") out.push({ kind: "gap", text: "…" });
    });
    return out;
}

const same = (text) => ({ kind: "same", text });
const removed = (text) => ({ kind: "removed", text });
const added = (text) => ({ kind: "added", text });

function middle(old, now) {
    if (old.length * now.length > LIMIT) return [...old.map(removed), ...now.map(added)];
    const width = now.length + 1;
    const common = new Uint16Array((old.length + 1) * width);
    for (let i = old.length - 1; i >= 0; i -= 1) {
        for (let j = now.length - 1; j >= 0; j -= 1) {
            common[i * width + j] = old[i] === now[j]
                ? common[(i + 1) * width + j + 1] + 1
                : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
        }
    }
    const out = [];
    let i = 0;
    let j = 0;
    while (i < old.length && j < now.length) {
        if (old[i] === now[j]) {
            out.push(same(old[i]));
            i += 1;
            j += 1;
        } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            out.push(removed(old[i]));
            i += 1;
        } else {
            out.push(added(now[j]));
            j += 1;
        }
    }
    return [...out, ...old.slice(i).map(removed), ...now.slice(j).map(added)];
}
