// One member of a body that is too long for an editor: its path, and what it is to be.

import { make } from "../dom/make.js";
import { isReadable } from "../text/json.js";
import { bytes } from "../text/numbers.js";

const LONGEST_PATH = 200;

/** The same as `editor` gives, for one member. */
export function memberEditor(text, onchange) {
    const path = make("input", { autocomplete: "off", spellcheck: "false", maxlength: LONGEST_PATH, placeholder: "data.order_status", oninput: onchange });
    const value = make("input", { autocomplete: "off", spellcheck: "false", placeholder: "CANCEL", oninput: onchange });
    const changes = () => {
        if (!isReadable(text)) return { set: [], problem: "The body is not JSON that can be changed here; it can be replayed unchanged." };
        if (path.value === "") return { set: [], problem: "Name the member, or replay the event unchanged." };
        const isJSON = value.value.trim() !== "" && isReadable(value.value);
        return { set: [{ path: path.value, text: isJSON ? value.value.trim() : JSON.stringify(value.value) }], problem: null };
    };
    const element = make("section", { class: "member" },
        make("p", {}, `The body is ${bytes(text.length)} long: too long for the editor. One member can be changed; every other byte stays.`),
        make("label", { class: "field" }, "Path", path),
        make("label", { class: "field" }, "New value", value),
        make("p", { class: "quiet small" }, "Keys and array positions, separated by dots; a dot within a key is written with a backslash. A JSON value is read as JSON, any other as text."));
    return { element, field: path, changes };
}
