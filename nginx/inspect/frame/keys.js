// One listener for the keyboard. A view says which keys it knows; what is typed into a field is the field's.

// A box to tick takes the space bar only, which no view does.
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select";

const global = {};
let prefix = null;

/** Adds keys that work everywhere: a key, or two in a row such as "g d", to what it does. */
export const everywhere = (keys) => Object.assign(global, keys);

/** Listens. @param {() => object} current the keys of the view that is open */
export function listen(current) {
    addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
        if (document.querySelector("dialog[open]")) return;
        if (event.target.closest(FIELDS)) {
            if (event.key === "Escape") event.target.blur();
            return;
        }
        const known = { ...global, ...current() };
        const pressed = prefix ? `${prefix} ${event.key}` : event.key;
        prefix = null;
        if (Object.hasOwn(known, pressed)) {
            event.preventDefault();
            known[pressed]();
        } else if (Object.keys(known).some((key) => key.startsWith(`${pressed} `))) {
            prefix = pressed;
            setTimeout(() => { prefix = null; }, 1500);
        }
    });
}
