"""Offline, and every kind of answer that is none: each view says so, and continues when there is one again."""

import re

from playwright.sync_api import expect

from shop import deliver, order

API = "**/api/v2/**"


def run(inspector, settings):
    page = inspector.page
    assert deliver(settings, order("away", "UNPAID")) == 200
    inspector.open_signed_in("read")
    expect(inspector.rows("away")).to_be_visible()
    inspector.context.set_offline(True)
    expect(page.get_by_text("This browser is offline; retrying in")).to_be_visible(timeout=15_000)
    expect(inspector.rows("away")).to_be_visible()
    inspector.context.set_offline(False)
    expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=40_000)

    # A proxy in front of the API answers in its own forms, and at length. The route stays: taken away, it would
    # answer twice what is under way.
    said = []
    page.route(API, lambda route: route.fulfill(status=said[0][0], body=said[0][1]) if said else route.continue_())
    for answer in [(500, "<h1>Oops</h1>" * 20_000), (502, ""), (503, "null"), (504, "[]"), (500, '{"title":"%s"}' % ("x" * 100_000))]:
        for view in ["deliveries", "orders", "jobs", "comments", "sources", "sources/tiktok-shop", "activity"]:
            inspector.open("#/sources/nowhere" if view != "sources/tiktok-shop" else "#/jobs")
            said[:] = [answer]
            inspector.open(f"#/{view}")
            told = page.get_by_role("main").get_by_role("alert").filter(has_text=re.compile(".+"))
            again = told.get_by_role("button", name="Ask again").first
            expect(again).to_be_visible(timeout=15_000)
            assert len(told.first.inner_text()) < 1000
            said.clear()
    inspector.open("#/orders")
    expect(inspector.rows("away")).to_be_visible(timeout=40_000)
    inspector.errors = [each for each in inspector.errors if "Failed to load resource" not in each]
