"""What was shown stays true: times advance, and whoever's token is revoked can give another one."""

import re

from playwright.sync_api import expect

from shop import deliver, order

EVENTS = "**/api/v2/**"


def run(inspector, settings):
    page = inspector.page
    assert deliver(settings, order("stale", "UNPAID")) == 200
    page.clock.install()
    inspector.open_signed_in("read")
    inspector.rows("stale").click()
    ago = page.locator("[data-part=heading] time")
    expect(ago).to_have_text(re.compile(r"^(now|[\d.]+ s ago)$"))
    page.clock.fast_forward("05:00")
    expect(ago).to_have_text("5 min ago")

    def revoked(route):
        route.continue_(headers={**route.request.headers, "authorization": "Bearer hl_revoked"})

    for view, title in [("deliveries", None), ("jobs", "Jobs"), ("orders", None)]:
        page.route(EVENTS, revoked)
        inspector.open(f"#/{view}")
        page.clock.fast_forward("00:40")
        told = page.get_by_role("main").get_by_role("alert")
        expect(told).to_contain_text("revoked")
        told.get_by_role("button", name="Sign in").click()
        page.unroute(EVENTS)
        page.get_by_label("Token").fill(settings["tokens"]["read"])
        page.keyboard.press("Enter")
        expect(page.get_by_label("Token")).to_have_count(0)
        expect(told).to_have_count(0)
        if title:
            expect(inspector.heading(title)).to_be_visible()
        else:
            expect(inspector.rows("stale")).to_be_visible()
