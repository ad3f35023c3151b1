"""axe finds no fault in any view and dialog, light and dark, wide and narrow; nothing is wider than the screen."""

from playwright.sync_api import expect

from examine import examine, overflows
from inspector import NARROW, WIDE
from shop import comment, deliver, order

SCHEMES = ["light", "dark"]
WIDTHS = [320, 390, 820, 1360, 1920]
PLACES = [
    "#/deliveries", "#/deliveries?outcome=refused&since=2020-01-01T00:00:00.000Z", "#/deliveries?q=nothing+of+that+kind",
    "#/deliveries/event/999999999", "#/orders", "#/jobs", "#/comments?moderation=all", "#/sources", "#/sources/tiktok-shop",
    "#/activity", "#/activity?range=month",
]


def run(inspector, settings):
    page = inspector.page
    assert deliver(settings, order("stuck-accessible", "STUCK", items=[
        {"name": "A mug with a rather long name", "sku": "MUG-1", "quantity": 2, "price": 12.5}])) == 200
    assert deliver(settings, order("forged-accessible", "UNPAID"), secret="another") == 401
    assert comment(settings, "73001", "Is this one still to be had? " * 20) == 200
    inspector.open()
    checked = looked_at(inspector, "sign in")
    inspector.sign_in("admin")
    expect(inspector.rows().first).to_be_visible()

    def first(place, kind):
        inspector.open(place)
        link = page.locator(f".row a[href*='{kind}']").first
        expect(link).to_be_visible()
        return link.get_attribute("href").split("?")[0]

    event = first("#/deliveries?q=stuck-accessible", "deliveries/event")
    refusal = first("#/deliveries?outcome=refused", "deliveries/refusal")
    place = first("#/orders?q=stuck-accessible", "orders/")
    inspector.open("#/jobs")
    expect(page.get_by_role("table", name="Dead letters").locator("tbody tr").first).to_be_visible()
    for each in [*PLACES, event, refusal, place]:
        # A whole new page: a change of the place alone leaves the view before it until the answer is there.
        page.goto("about:blank")
        inspector.open(each)
        expect(page.locator(".page:visible, .row:visible, .empty:visible").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        closed = page.locator("main details:not([open]) > summary")
        # The first of those that are left, as each click makes them fewer.
        for _ in range(closed.count()):
            closed.first.click()
        checked += looked_at(inspector, each)
    for link in page.get_by_role("navigation").get_by_role("link").all():
        page.set_viewport_size({**NARROW, "width": WIDTHS[0]})
        box = link.bounding_box()
        assert 0 <= box["x"] and box["x"] + box["width"] <= WIDTHS[0], box
    checked += dialogs(inspector, event)
    # One of the places is of an event that is not there.
    inspector.errors = [each for each in inspector.errors if "status of 404" not in each]
    return {"views": checked, "places": len(PLACES) + 3}


def dialogs(inspector, event):
    page = inspector.page
    page.set_viewport_size(WIDE)
    checked = 0
    for name, place, open_it in [
        ("keys", event, lambda: page.keyboard.press("?")),
        ("replay", event, lambda: page.get_by_role("button", name="Replay", exact=True).click()),
        ("replay with changes", event, lambda: page.get_by_role("button", name="Replay with changes").click()),
        ("search", "#/deliveries?q=stuck", lambda: page.get_by_label("Saved searches").select_option(label="Save this search …")),
        ("retry", "#/jobs", lambda: page.get_by_role("button", name="Retry job").first.click()),
        ("discard", "#/jobs", lambda: page.get_by_role("button", name="Discard job").first.click()),
        ("delete", "#/comments", lambda: page.get_by_role("button", name="Delete").first.click()),
    ]:
        inspector.open(place)
        open_it()
        expect(inspector.dialog()).to_be_visible()
        page.wait_for_load_state("networkidle")
        checked += looked_at(inspector, name)
        page.set_viewport_size(WIDE)
        page.keyboard.press("Escape")
        expect(inspector.dialog()).to_have_count(0)
    return checked


def looked_at(inspector, place):
    """Looks at what is open in both schemes and at every width; returns how many of them axe has looked at."""
    page = inspector.page
    for width in WIDTHS:
        page.set_viewport_size({**(NARROW if width < 800 else WIDE), "width": width})
        assert not overflows(inspector), f"{place} is wider than {width}: {overflows(inspector)}"
        if width not in (390, 1360):
            continue
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            examine(inspector, f"{place}, {scheme}, {width}")
    page.emulate_media(color_scheme=SCHEMES[0])
    return 2 * len(SCHEMES)
