// Short notices in a corner, read out by screen readers.

import { make } from "../dom/make.js";
import { cut } from "../dom/text.js";

const STAY = 8000;

/** Says what was done. */
export const say = (...children) => show("good", children);

/** Says what went wrong. */
export const complain = (problem) => show("bad", [cut(problem.message, 500)]);

function show(kind, children) {
    const notice = make("p", { class: kind }, children);
    document.getElementById("notices").append(notice);
    setTimeout(() => notice.remove(), STAY);
}
