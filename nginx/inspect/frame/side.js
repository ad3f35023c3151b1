// Navigation, and who one is.

import { make } from "../dom/make.js";
import { may, onSession, session, signOut } from "../api/session.js";
import { count } from "../text/numbers.js";
import { askForToken } from "./signin.js";
import { show as showKeys } from "./help.js";
import { button as themeButton } from "./theme.js";
import { to } from "./routes.js";

/** The views, in their order: name, title, second key of "g …". */
export const VIEWS = [
    ["deliveries", "Deliveries", "d"],
    ["orders", "Orders", "o"],
    ["jobs", "Jobs", "j"],
    ["comments", "Comments", "c"],
    ["sources", "Sources", "s"],
    ["activity", "Activity", "a"],
];

const links = new Map();
const counts = new Map();

/** Builds it into its place. */
export function build() {
    for (const [name, title] of VIEWS) {
        counts.set(name, make("span", { class: "count" }));
        links.set(name, make("a", { href: to(name) }, title, counts.get(name)));
    }
    const who = make("button", { class: "bare", hidden: true, onclick: () => (session()?.token ? signOut() : askForToken("read")) });
    const name = make("p", { class: "quiet small cut wide", hidden: true });
    onSession((now) => {
        // Where nobody may read without a token, the form is in the view.
        who.hidden = !now;
        who.textContent = now?.token ? "Sign out" : "Sign in";
        name.textContent = now?.token ? `${now.token}: ${["admin", "replay", "read"].find((scope) => may(scope))}` : "";
        name.hidden = !now?.token;
    });
    document.getElementById("side").append(
        make("a", { class: "skip button", href: "#view", onclick: skip }, "Skip to the content"),
        make("a", { class: "brand", href: to("deliveries") }, make("img", { src: "icon.svg", alt: "" }), "Hookledger"),
        make("nav", { class: "views", "aria-label": "Views" }, [...links.values()]),
        make("div", { class: "foot" }, name,
            make("button", { class: "bare wide", title: "Keys (?)", onclick: showKeys }, "Keys"), themeButton(), who));
}

/** Marks the view that is open. */
export function mark(name) {
    for (const [each, link] of links) {
        if (each === name) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
    }
}

/** Shows how many things wait in a view; none shows nothing. */
export function setCount(name, number) {
    const place = counts.get(name);
    place.className = "count bad";
    place.textContent = number > 0 ? count(number) : "";
    place.title = number > 0 ? `${number} dead letters` : "";
}

// Not a change of the address: that is where the views are.
function skip(event) {
    event.preventDefault();
    document.getElementById("view").focus();
}
