"""Everything without a mouse: signing in, lists, a delivery, a replay, dead letters, sources, charts, signing out."""

import re
from contextlib import suppress

from playwright.sync_api import Error, expect

from shop import deliver, order


def run(inspector, settings):
    page = inspector.page
    keys = page.keyboard
    inspector.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=settings["url"])
    assert deliver(settings, order("keyed", "STUCK")) == 200

    def reach(element):
        """Presses Tab until an element has the focus, which can be seen all the way."""
        element = element.first
        expect(element).to_be_attached()
        for _ in range(150):
            if element.evaluate("(it) => it === document.activeElement"):
                return element
            keys.press("Tab")
            unseen = page.evaluate("""() => {
                const it = document.activeElement;
                const { width, height } = it.getBoundingClientRect();
                const { outlineStyle } = getComputedStyle(it);
                return it !== document.body && (!it.matches(":focus-visible") || outlineStyle === "none" || width * height === 0)
                    && it.outerHTML.slice(0, 200);
            }""")
            assert not unseen, f"the focus cannot be seen: {unseen}"
        raise AssertionError(f"{element} is not reached")

    def type_reason(text):
        expect(inspector.dialog()).to_be_visible()
        reach(inspector.dialog().get_by_label("Why?"))
        keys.type(text)
        keys.press("Enter")

    inspector.open()
    expect(page.get_by_label("Token")).to_be_focused()
    keys.type(settings["tokens"]["admin"])
    keys.press("Enter")
    expect(inspector.rows().first).to_be_visible()
    reach(page.get_by_role("link", name="Skip to the content"))
    keys.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    # A delivery: found, opened, unfolded, copied, replayed.
    keys.press("/")
    keys.type("keyed")
    expect(inspector.rows()).to_have_count(1)
    keys.press("Escape")
    keys.press("j")
    row = inspector.rows().first.get_by_role("link")
    expect(row).to_be_focused()
    # A search that is not answered yet takes neither the row nor the focus away.
    scroller = page.locator(".scroller")
    waiting, is_held = [], [True]
    page.route("**/api/v2/events?*", lambda route: waiting.append(route) if is_held else route.continue_())
    page.evaluate("location.replace(`${location.href}%20`)")
    expect(scroller).to_have_attribute("aria-busy", "true")
    expect(row).to_be_focused()
    is_held.clear()
    for route in waiting:
        with suppress(Error):  # the page may have given it up
            route.continue_()
    expect(scroller).not_to_have_attribute("aria-busy", "true")
    expect(row).to_be_focused()
    page.unroute("**/api/v2/events?*")
    keys.press("Enter")
    expect(page.locator("article .facts")).to_contain_text("keyed")
    reach(page.locator("article summary").filter(has_text="header field"))
    keys.press("Enter")
    expect(page.locator("article .headers").first).to_be_visible()
    keys.press("y")
    expect(page.get_by_role("status").filter(has_text="copied").last).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("curl ")
    reach(page.get_by_role("button", name="Raw"))
    keys.press("Enter")
    expect(page.get_by_role("button", name="Raw").first).to_have_attribute("aria-pressed", "true")
    keys.press("r")
    dialog = inspector.dialog()
    expect(dialog.get_by_role("button", name="Replay", exact=True)).to_be_enabled()
    # The focus stays in the dialog, and Escape leaves it.
    for _ in range(12):
        keys.press("Tab")
        assert page.evaluate("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")
    keys.press("Escape")
    expect(dialog).to_have_count(0)
    keys.press("r")
    expect(dialog.get_by_role("button", name="Replay", exact=True)).to_be_enabled()
    type_reason("by keyboard")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("Replayed.")
    keys.press("Escape")
    expect(page.get_by_text("Choose a delivery.")).to_be_visible()

    # Orders.
    keys.press("g")
    keys.press("o")
    expect(inspector.rows("keyed")).to_be_visible()
    keys.press("j")
    keys.press("Enter")
    expect(page.locator("[data-part=shipping]")).to_be_visible()
    reach(page.locator("article summary").filter(has_text="All normalized fields"))
    keys.press("Enter")
    expect(page.locator("article details[open]").first).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_text("Choose an order.")).to_be_visible()

    # A dead letter.
    keys.press("g")
    keys.press("j")
    letters = page.get_by_role("table", name="Dead letters").locator("tbody tr").filter(has_text="order keyed")
    expect(letters.first).to_be_visible()
    box = letters.first.get_by_role("checkbox")
    reach(box)
    keys.press("Space")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    discard = letters.first.get_by_role("button", name=re.compile("Discard"))
    number = letters.count()
    reach(discard)
    keys.press("Enter")
    type_reason("by keyboard")
    expect(letters).to_have_count(number - 1)

    # A source and its chart.
    keys.press("g")
    keys.press("s")
    reach(page.get_by_role("table", name="Sources with deliveries").get_by_role("link", name="tiktok-shop", exact=True))
    keys.press("Enter")
    expect(inspector.heading("tiktok-shop")).to_be_visible()
    reach(page.get_by_role("figure"))
    expect(page.locator(".chart .legend").first).to_contain_text("in all")
    keys.press("ArrowLeft")
    expect(page.locator(".chart .legend").first).not_to_contain_text("in all")
    keys.press("Escape")
    expect(inspector.heading("Sources")).to_be_visible()
    keys.press("g")
    keys.press("a")
    reach(page.locator("summary").filter(has_text="Show as a table"))
    keys.press("Enter")
    expect(page.get_by_role("table", name="Activity")).to_be_visible()

    # The keys themselves, the scheme, and out.
    keys.press("?")
    expect(dialog).to_contain_text("Keys")
    keys.press("Escape")
    for _ in range(2):
        scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
        keys.press("t")
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") != scheme
    reach(page.locator("#side").get_by_role("button", name="Sign out"))
    keys.press("Enter")
    expect(page.get_by_label("Token")).to_be_focused()
