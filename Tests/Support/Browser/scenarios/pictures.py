"""Pictures of the main views, light and dark, wide and narrow, for docs/screenshots."""

from playwright.sync_api import expect

from inspector import NARROW, WIDE, Inspector


def run(inspector, settings):
    for scheme in ["light", "dark"]:
        tab = Inspector(inspector.browser, settings, WIDE, scheme)
        tab.open_signed_in("admin")
        delivery(tab)
        take(tab, f"delivery-{scheme}")
        tab.page.get_by_role("button", name="Replay with changes").click()
        editor = tab.page.locator("textarea")
        editor.fill(editor.input_value().replace("AWAITING_SHIPMENT", "CANCELLED"))
        expect(tab.dialog().get_by_role("button", name="Replay", exact=True)).to_be_enabled()
        tab.dialog().get_by_label("Why?").fill("the buyer called")
        take(tab, f"replay-{scheme}")
        tab.page.keyboard.press("Escape")
        tab.page.locator("[data-part=jobs]").evaluate("(element) => element.scrollIntoView()")
        take(tab, f"attempts-{scheme}")
        tab.open("#/orders")
        tab.rows(settings["shown"]).click()
        expect(tab.page.get_by_role("table", name="Field history")).to_be_visible()
        take(tab, f"orders-{scheme}")
        for view, sign in [("jobs", "tbody tr"), ("comments", ".card"), ("sources", "tbody tr"), ("activity", ".plot svg")]:
            tab.open(f"#/{view}")
            expect(tab.page.locator(sign).first).to_be_visible()
            take(tab, f"{view}-{scheme}")
        tab.close()
    for scheme in ["light", "dark"]:
        tab = Inspector(inspector.browser, settings, NARROW, scheme)
        tab.open_signed_in("admin")
        expect(tab.rows().first).to_be_visible()
        take(tab, f"narrow-list-{scheme}")
        delivery(tab)
        take(tab, f"narrow-delivery-{scheme}")
        tab.open("#/activity")
        expect(tab.page.locator(".plot svg").first).to_be_visible()
        take(tab, f"narrow-activity-{scheme}")
        tab.close()


def delivery(tab):
    """The delivery that has the most to tell."""
    tab.rows(tab.settings["shown"]).last.click()
    expect(tab.page.locator(".exchange")).to_be_visible()


def take(tab, name):
    tab.page.mouse.move(0, 0)
    tab.page.wait_for_load_state("networkidle")
    tab.page.screenshot(path=f"{tab.settings['pictures']}/{name}.png")
