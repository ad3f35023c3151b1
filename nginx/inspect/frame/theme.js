// Light or dark: what the system says, until somebody says otherwise; kept for the next visit where that is possible.

import { make } from "../dom/make.js";

const KEY = "hookledger-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

function remember(theme) {
    try { localStorage.setItem(KEY, theme); } catch { /* A browser that keeps nothing asks again. */ }
}

/** Takes what was chosen on an earlier visit. */
export function recall() {
    let theme = null;
    try { theme = localStorage.getItem(KEY); } catch { /* The system's will do. */ }
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}

/** The other one. */
export function toggle() {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    remember(theme);
    for (const button of document.querySelectorAll(".theme")) button.textContent = label();
}

const label = () => (isDark() ? "Light" : "Dark");

/** The button for it. */
export const button = () => make("button", { class: "bare theme", title: "Light or dark (t)", onclick: toggle }, label());
