"""What is true of every view, whatever it shows."""

from axe_playwright_python.base import AXE_SCRIPT

# Values that the page failed to make, and characters that hide or turn text (\u202e and its like, halves of pairs).
UNSOUND = r"""() => {
    const made = /\b(?:undefined|NaN|Invalid Date)\b|\[object /;
    const hidden = new RegExp("[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f"
        + "\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\ufff9-\\ufffb]"
        + "|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");
    const found = [];
    const look = (text, where) => {
        for (const kind of [made, hidden]) {
            const at = kind.exec(text)?.index;
            if (at !== undefined) found.push(`${where}: ${JSON.stringify(text.slice(Math.max(0, at - 40), at + 40))}`);
        }
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) look(texts.currentNode.data, texts.currentNode.parentElement.tagName);
    for (const element of document.body.querySelectorAll("*")) {
        for (const name of ["title", "aria-label", "placeholder", "data-name"]) look(element.getAttribute(name) ?? "", name);
        if ("value" in element && typeof element.value === "string") look(element.value, `value of ${element.tagName}`);
    }
    look(document.title, "title of the page");
    return found;
}"""

# The table of numbers scrolls by itself; nothing else does.
OVERFLOWS = """() => [document.documentElement, ...document.querySelectorAll("main, .thing, .page, .list, dialog")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => `${element.tagName}.${element.className} ${element.scrollWidth}`)"""

RULES = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html, failureSummary }) =>
        `${id} (${impact}): ${html.slice(0, 300)} ${failureSummary}`));
}"""


def examine(tab, place):
    """No rule of axe is broken, and what is shown is what is there."""
    # axe is put into the page by the browser's own tools: the page's policy does not bind them.
    if not tab.page.evaluate("typeof axe === 'object'"):
        tab.page.evaluate(AXE_SCRIPT)
    broken = tab.page.evaluate(RULES)
    assert not broken, f"{place}: " + "\n".join(broken)
    sound(tab, place)


def sound(tab, place):
    """What is shown is what is there."""
    found = tab.page.evaluate(UNSOUND)
    assert not found, f"{place}: " + "\n".join(found[:20])


def overflows(tab):
    """What is wider than its place."""
    return tab.page.evaluate(OVERFLOWS)
