"""Jobs that are held by a pause say so in the queue, at their delivery and at their order; then the destination refuses."""

import re

from playwright.sync_api import expect

from examine import sound
from shop import deliver, order
from stack import tool

REASON = "paused: the action stuck"


def run(inspector, settings):
    page = inspector.page
    tool(settings, "pause", "stuck", "--reason", "it is moved")
    try:
        inspector.open_signed_in("read", "#/jobs")
        number = held_one(page, settings)
        job = page.get_by_role("table", name="Open jobs").locator("tbody tr").filter(has_text=number)
        expect(job).to_contain_text(REASON)
        queue = page.get_by_role("table", name="Queue")
        held = queue.get_by_role("columnheader").all_text_contents().index("Held")
        expect(queue.locator("tbody tr").filter(has_text="stuck").get_by_role("cell").nth(held)).to_have_text("1")
        sound(inspector, "held: jobs")

        inspector.open(f"#/deliveries?q={number}")
        inspector.rows().first.click()
        expect(page.locator("[data-part=jobs]")).to_contain_text("Paused: the action stuck.")
        inspector.open(f"#/orders?q={number}")
        expect(inspector.rows().first).to_contain_text("held jobs")
        inspector.rows().first.click()
        expect(page.locator("[data-part=shipping]")).to_contain_text(f"its job stuck waits ({REASON})")
        expect(page.get_by_role("table", name="Open jobs")).to_contain_text(REASON)
        sound(inspector, "held: order")
    finally:
        tool(settings, "resume", "stuck")
    # The page follows: the next attempt fails for good.
    expect(page.locator("[data-part=shipping]")).to_contain_text("its job stuck has failed for good (answered 400")
    expect(page.get_by_role("heading", name="Dead letters")).to_be_visible()


def held_one(page, settings):
    """Delivers orders until the job of one is held: a run learns of a pause within a second, more or less."""
    for place in range(10):
        number = f"paused-{place}"
        assert deliver(settings, order(number, "STUCK")) == 200
        made = page.get_by_role("main").locator("tbody tr").filter(has_text=number).filter(has_text=re.compile("paused:|answered"))
        expect(made.first).to_be_visible()
        if made.filter(has_text=REASON).count():
            return number
    raise AssertionError("no job is held")
