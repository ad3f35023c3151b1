// What is shown in place of something that could not be loaded.

import { make } from "../dom/make.js";
import { cut } from "../dom/text.js";
import { askForToken } from "./signin.js";

/** Whether the token is the trouble: it was revoked meanwhile, or has expired. */
export const isOfToken = (problem) => problem?.status === 401 || problem?.status === 403;

/** The trouble, with a way out: another token, where the token is it, and else to ask again. */
export function trouble(problem, again) {
    const title = problem.status === 404 ? "Not found, or no longer stored." : problem.message;
    return make("div", { class: "empty bad", role: "alert" }, make("p", {}, cut(title, 500)), wayOut(problem, again));
}

/** The same in place of a thing beside its list, which a narrow screen does not show: with the way back to it. */
export const troubleOf = (title, problem, again, back) => make("article", { class: "page" }, back, make("h1", { class: "unseen" }, title), trouble(problem, again));

function wayOut(problem, again) {
    // After a sign-in the view starts over.
    if (isOfToken(problem)) return make("p", {}, make("button", { onclick: () => askForToken("read") }, "Sign in"));
    if (!again || problem.status === 404 || problem.status === 400) return null;
    return make("p", {}, make("button", { onclick: again }, "Ask again"));
}
