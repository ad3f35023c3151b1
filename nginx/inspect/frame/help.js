// The keys that this page knows.

import { make } from "../dom/make.js";
import { open } from "../dom/dialog.js";

const KEYS = [
    [["j", "k"], "next, previous"],
    [["Enter"], "open"],
    [["Esc"], "back to the list"],
    [["/"], "search"],
    [["r"], "replay the open delivery"],
    [["e"], "replay it with changes"],
    [["y"], "copy it as curl"],
    [["p"], "pause or resume the live list"],
    [["t"], "light or dark"],
    [["g d", "g o", "g j"], "deliveries, orders, jobs"],
    [["g c", "g s", "g a"], "comments, sources, activity"],
    [["?"], "this"],
];

/** Shows them. */
export function show() {
    const list = KEYS.map(([keys, text]) => [
        make("dt", {}, keys.map((key) => [make("kbd", {}, key), " "])), make("dd", {}, text),
    ]);
    open({
        title: "Keys", body: [make("dl", { class: "keys" }, list)],
        buttons: (close) => [make("button", { type: "button", autofocus: true, onclick: close }, "Close")],
    });
}
