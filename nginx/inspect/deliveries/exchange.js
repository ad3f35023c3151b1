// Request and answer, side by side.

import { make } from "../dom/make.js";
import { bytes, counted } from "../text/numbers.js";
import { body, textBody } from "./body.js";

/** Both, as panels. @param {string} [origin] how the delivery got here: to a replay nobody was answered */
export function exchange(request, answer, origin = "delivery") {
    const query = request.query ? `?${request.query}` : "";
    return make("div", { class: "exchange" },
        panel("Request", [make("strong", {}, request.method), ` ${request.path}${query}`], request.headers,
            body(request.body), kept(request.body)),
        answer
            ? panel("Answer", [make("strong", {}, String(answer.status))], answer.headers,
                answer.body === null ? make("p", { class: "quiet" }, "Its body gives nothing away.") : textBody(answer.body), null)
            : panel("Answer", [origin === "replay" ? "None: this is a replay, made here." : "It was answered, but how is not kept."], [], null, null));
}

function panel(title, line, headers, content, note) {
    return make("section", { class: "panel" },
        make("h2", {}, title),
        make("p", { class: "mono line" }, line),
        headers.length > 0 && make("details", {},
            make("summary", {}, counted(headers.length, "header field")),
            make("dl", { class: "headers mono" }, headers.map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))),
        content, note);
}

function kept({ length, kept }) {
    const text = kept < length ? `${bytes(length)}, of which the first ${bytes(kept)} are kept` : bytes(length);
    return make("p", { class: "quiet small" }, text);
}
