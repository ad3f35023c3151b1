// Request and answer, side by side.

import { make } from "../dom/make.js";
import { copyButton } from "../frame/copy.js";
import { long, shown } from "../dom/text.js";
import { bytes, counted } from "../text/numbers.js";
import { body, textBody } from "./body.js";
import { curl, headerText } from "./curl.js";

/** Both, as panels. @param {string} [origin] how the delivery got here: a replay has no answer */
export function exchange(request, answer, origin = "delivery") {
    const query = request.query ? `?${request.query}` : "";
    return make("div", { class: "exchange" },
        panel("Request", [make("strong", {}, shown(request.method)), " ", long(`${request.path}${query}`)], request.headers,
            [copies(request), body(request.body)], kept(request.body)),
        answer
            ? panel("Answer", [make("strong", {}, String(answer.status))], answer.headers,
                answer.body === null ? make("p", { class: "quiet" }, "Its body reveals nothing.") : textBody(answer.body), null)
            : panel("Answer", [origin === "replay" ? "None: this is a replay, created here." : "It was answered, but the answer is not stored."], [], null, null));
}

function copies(request) {
    const { text, base64, kept } = request.body;
    return make("div", { class: "copies actions", role: "group", "aria-label": "Copy the request" },
        copyButton("Copy as curl", () => curl(request, location.origin), "y"),
        kept > 0 && copyButton(text === null ? "Copy body as base64" : "Copy body", () => text ?? base64),
        request.headers.length > 0 && copyButton("Copy headers", () => headerText(request)));
}

function panel(title, line, headers, content, note) {
    return make("section", { class: "panel" },
        make("h2", {}, title),
        make("p", { class: "mono line" }, line),
        headers.length > 0 && make("details", {},
            make("summary", {}, counted(headers.length, "header field")),
            make("dl", { class: "headers mono" }, headers.map(([name, value]) => [make("dt", {}, long(name, 60)), make("dd", {}, long(value))]))),
        content, note);
}

function kept({ length, kept }) {
    const text = kept < length ? `${bytes(length)}, the first ${bytes(kept)} are stored` : bytes(length);
    return make("p", { class: "quiet small" }, text);
}
