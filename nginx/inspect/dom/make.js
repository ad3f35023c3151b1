// The only place that makes elements. Texts become text nodes: nothing that a sender wrote is ever parsed as markup, and
// the page's policy (require-trusted-types-for 'script') would refuse it if it were.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element.
 *
 * @param {string} tag its name
 * @param {object} [properties] functions become listeners (`onclick`), `true` an empty attribute, `false`, `null` and
 *   `undefined` nothing, all else an attribute
 * @param {...(Node|string|number|null|false|Array)} children nodes, or texts; `null` and `false` are left out
 * @returns {HTMLElement}
 */
export function make(tag, properties = {}, ...children) {
    return furnish(document.createElement(tag), properties, children);
}

/** The same for SVG. */
export function draw(tag, properties = {}, ...children) {
    return furnish(document.createElementNS(SVG, tag), properties, children);
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
    element.replaceChildren(...nodes(children));
    return element;
}

function furnish(element, properties, children) {
    for (const [name, value] of Object.entries(properties)) {
        if (typeof value === "function") element.addEventListener(name.slice(2), value);
        else if (value === true) element.setAttribute(name, "");
        else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...nodes(children));
    return element;
}

function nodes(children) {
    return children.flat(Infinity).filter((child) => child !== null && child !== false && child !== undefined);
}
