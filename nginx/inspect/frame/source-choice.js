// A choice of one source, or of all.

import { sources as ask } from "../api/calls.js";
import { make } from "../dom/make.js";

/** @param {(source: string) => void} onchange told the name; empty for all */
export function sources(onchange) {
    const element = make("select", { "aria-label": "Source", onchange: () => onchange(element.value) }, make("option", { value: "" }, "Every source"));
    const offer = (name) => {
        if (![...element.options].some((option) => option.value === name)) element.append(make("option", { value: name }, name.slice(0, 100)));
    };
    // Those that were never heard of are offered nowhere: there is nothing to see.
    const isHeard = (source) => source.last_event_at !== null || source.refusals_24h > 0;
    ask().then(({ data }) => data.filter(isHeard).forEach(({ name }) => offer(name)), () => {});
    return {
        element,
        choose: (name) => {
            if (name) offer(name);
            element.value = name ?? "";
        },
    };
}
