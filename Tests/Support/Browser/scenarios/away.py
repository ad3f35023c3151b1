"""Offline, and every kind of answer that is none: each view says so, and goes on when there is one again."""

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
    expect(page.get_by_text("This browser is offline; asking again in")).to_be_visible(timeout=15_000)
    expect(inspector.rows("away")).to_be_visible()
    inspector.context.set_offline(False)
    expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=40_000)

    # What stands in front of the API answers in shapes of its own, and at length.
    for status, body in [(500, "<h1>Oops</h1>" * 20_000), (502, ""), (503, "null"), (504, "[]"), (500, '{"title":"' + "x" * 100_000 + '"}')]:
        for view in ["deliveries", "orders", "jobs", "comments", "sources", "sources/tiktok-shop", "activity"]:
            inspector.open("#/deliveries/event/0")
            page.route(API, lambda route, status=status, body=body: route.fulfill(status=status, body=body))
            inspector.open(f"#/{view}")
            told = page.get_by_role("main").get_by_role("alert").filter(has_text=re.compile(".+"))
            expect(told.first).to_be_visible(timeout=15_000)
            assert len(told.first.inner_text()) < 1000
            expect(told.first.get_by_role("button", name="Ask again")).to_be_visible()
            page.unroute(API)
    inspector.open("#/orders")
    expect(inspector.rows("away")).to_be_visible(timeout=40_000)
    inspector.errors = [each for each in inspector.errors if "Failed to load resource" not in each]
