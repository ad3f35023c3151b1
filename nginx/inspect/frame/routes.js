// The current place: the part of the address after the #, such as #/deliveries/event/12?source=tiktok-shop. It can be
// bookmarked and sent to others; it holds no secret.

/** @returns {{view: string, path: string[], query: object}} the place that the address names */
export function here() {
    const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
    const [view, ...rest] = path.split("/").map(decoded);
    return { view: view || "deliveries", path: rest, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a place. Members of `query` that are empty are left out. */
export function to(view, path = [], query = {}) {
    const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
    const text = new URLSearchParams(asked).toString();
    return `#/${[view, ...path].map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`;
}

/** Goes there; `replace` leaves no step to go back to. */
export function go(href, { replace = false } = {}) {
    if (replace) {
        history.replaceState(null, "", href);
        dispatchEvent(new HashChangeEvent("hashchange"));
    } else {
        location.hash = href;
    }
}

function decoded(text) {
    try { return decodeURIComponent(text); } catch { return text; }
}
