// What is registered at the providers, as each said when the command line last asked it: the page asks nobody else.

import { make } from "../dom/make.js";
import { empty, named, since, table } from "../dom/parts.js";
import { some } from "../dom/text.js";
import { to } from "../frame/routes.js";

/** The webhooks, each with the source whose path it leads to. */
export function registered(webhooks, sources) {
    if (webhooks.length === 0) {
        return empty("No provider has been asked yet, or none has a webhook.",
            make("code", {}, "hookledger webhooks list --provider shopify"), " asks; the result is shown here.");
    }
    return some(webhooks, (first) => table("Registered webhooks", [["Provider"], ["Leads to", "long"], ["Events", "long"], ["Asked"]], first.map((webhook) => {
        const source = sourceOf(webhook, sources);
        return [
            named(make("strong", {}, webhook.provider), hostOf(webhook.address), webhook.status ? ` · ${webhook.status}` : null),
            named(webhook.url ?? "–", source
                ? make("a", { href: to("sources", [source.name]) }, source.name)
                : make("span", { class: "state waiting" }, "no source has this path")),
            webhook.events.join(", "),
            since(webhook.listed_at),
        ];
    })));
}

/** The source whose path a webhook leads to. */
export function sourceOf({ url }, sources) {
    const path = URL.parse(url ?? "")?.pathname;
    return sources.find(({ paths }) => paths.includes(path));
}

const hostOf = (address) => URL.parse(address)?.host ?? address;
