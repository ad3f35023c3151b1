"""Offline, and every kind of answer that is none: each view says so, and continues when there is one again."""

import re

from playwright.sync_api import expect

from shop import deliver, order

API = "**/api/v2/**"


def run(inspector, settings):
    page = inspector.page
    assert deliver(settings, order("away", "STUCK")) == 200
    inspector.open_signed_in("replay")
    expect(inspector.rows("away")).to_be_visible()
    inspector.context.set_offline(True)
    expect(page.get_by_text("This browser is offline; retrying in")).to_be_visible()
    expect(inspector.rows("away")).to_be_visible()
    inspector.context.set_offline(False)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

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
            expect(again).to_be_visible()
            assert len(told.first.inner_text()) < 1000
            said.clear()
    inspector.open("#/orders")
    expect(inspector.rows("away")).to_be_visible()

    # What was to be done is not lost: the dialog stays, and the next press does it.
    inspector.open("#/jobs")
    letters = page.get_by_role("table", name="Dead letters").locator("tbody tr").filter(has_text="order away")
    letters.get_by_role("button", name="Retry job").click()
    inspector.dialog().get_by_label("Why?").fill("it is back")
    button = inspector.dialog().get_by_role("button", name="Retry", exact=True)
    for answer, words in [((503, ""), "The API is away"), ((500, '{"title":"Oops"}'), "Oops")]:
        said[:] = [answer]
        button.click()
        expect(inspector.dialog().get_by_role("alert")).to_contain_text(words)
        expect(button).to_be_enabled()
    said.clear()
    inspector.context.set_offline(True)
    button.click()
    expect(inspector.dialog().get_by_role("alert")).to_contain_text("This browser is offline")
    inspector.context.set_offline(False)
    button.click()
    expect(page.get_by_role("status")).to_contain_text("1 dead letter retried.")
    inspector.errors = [each for each in inspector.errors if "Failed to load resource" not in each]
