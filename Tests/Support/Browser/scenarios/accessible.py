"""axe finds no serious fault in any view, light and dark, wide and narrow; and everything can be reached by keyboard."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from inspector import NARROW, WIDE, Inspector

NARROWEST = 320
WIDEST = 1920
PLACES = ["#/deliveries", "#/orders", "#/jobs", "#/comments", "#/sources", "#/sources/tiktok-shop", "#/activity"]


def run(inspector, settings):
    checked = 0
    for viewport in [WIDE, NARROW]:
        for scheme in ["light", "dark"]:
            tab = Inspector(inspector.browser, settings, viewport, scheme)
            tab.open()
            examine(tab, "sign in")
            tab.sign_in("admin")
            first = tab.rows().first.get_by_role("link")
            expect(first).to_be_visible()
            event = tab.page.locator(".row a[href*='deliveries/event']").first.get_attribute("href")
            tab.open("#/deliveries?outcome=refused")
            refusal = tab.page.locator(".row a[href*='deliveries/refusal']").first.get_attribute("href")
            for place in [*PLACES, event, refusal]:
                tab.open(place)
                expect(tab.page.locator(".page:visible, .row:visible").first).to_be_visible()
                tab.page.wait_for_load_state("networkidle")
                examine(tab, place)
                widths = [NARROWEST, viewport["width"]] if viewport is NARROW else [820, WIDEST, viewport["width"]]
                for width in widths:
                    tab.page.set_viewport_size({**viewport, "width": width})
                    assert not overflows(tab), f"{place} is wider than {width}: {overflows(tab)}"
                checked += 1
            if viewport is NARROW:
                tab.page.set_viewport_size({**viewport, "width": NARROWEST})
            for link in tab.page.get_by_role("navigation").get_by_role("link").all():
                box = link.bounding_box()
                assert 0 <= box["x"] and box["x"] + box["width"] <= tab.page.viewport_size["width"], box
            tab.page.set_viewport_size(viewport)
            tab.open(event)
            tab.page.get_by_role("button", name="Replay with changes").click()
            expect(tab.dialog()).to_be_visible()
            examine(tab, "replay")
            tab.expect_no_errors()
            tab.close()
    return {"views": checked}


def examine(tab, place):
    # axe is put into the page by the browser's own tools: the page's policy does not bind them.
    found = Axe().run(tab.page).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    told = [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in serious for node in each["nodes"]]
    assert not told, f"{place}: " + "\n".join(told)


def overflows(tab):
    # The table of numbers scrolls by itself; nothing else does.
    return tab.page.evaluate("""() => [document.documentElement, ...document.querySelectorAll("main, .thing, .page")]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => `${element.tagName}.${element.className} ${element.scrollWidth}`)""")
