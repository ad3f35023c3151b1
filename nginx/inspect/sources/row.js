// What a source's row and its page say in the same words.

import { make } from "../dom/make.js";
import { named, since } from "../dom/parts.js";
import { duration } from "../text/time.js";

/** When it was last heard of, and whether that is long ago: by the configuration, else by what is usual a person judges. */
export function silence(source) {
    const limit = source.silent_after_seconds;
    const isSilent = limit !== null && source.silent_seconds > limit;
    const usual = source.usual_seconds === null ? null : `about every ${duration(source.usual_seconds * 1000)}`;
    return named(since(source.last_event_at),
        isSilent ? make("span", { class: "state bad" }, `silent for more than ${duration(limit * 1000)}`) : usual);
}

/** The one that matched last is in ink, the others are not. */
export function secrets(source) {
    if (source.verification === "none") return make("span", { class: "state waiting" }, "takes everything");
    const open = source.verification === "optional" ? make("span", { class: "state waiting" }, "accepts unsigned ones, too") : null;
    if (source.secrets.length === 0) return make("span", {}, make("span", { class: "state bad" }, "no secret"), " ", open);
    const names = source.secrets.map((name) => [
        name === source.last_key_id ? make("strong", {}, name) : make("span", { class: "quiet" }, name), " ",
    ]);
    return make("span", {}, names, open);
}
