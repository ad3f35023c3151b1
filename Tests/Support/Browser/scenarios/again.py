"""A delivery that is replayed, and one that changes by other hands, are shown as they are then."""

from playwright.sync_api import expect

from shop import deliver, order


def run(inspector, settings):
    page = inspector.page
    inspector.open_signed_in("replay")
    assert deliver(settings, order("again", "DOOMED")) == 200
    row = inspector.rows("again")
    row.click()
    attempts = page.locator("[data-part=jobs] .attempt")
    expect(attempts).to_have_count(1)
    expect(page.locator("[data-part=heading] .state")).to_have_text("completed")
    # It rests: no more requests about it are made.
    asked = []
    place = page.url.split("/event/")[1]
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(f"/events/{place}") else None)
    # The last one may be on its way still.
    for _ in range(4):
        asked.clear()
        page.wait_for_timeout(2500)
        if not asked:
            break
    assert not asked, asked

    page.keyboard.press("r")
    dialog = inspector.dialog()
    dialog.get_by_label("Also repeat effects").check()
    dialog.get_by_label("Why?").fill("again")
    dialog.get_by_role("button", name="Replay", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Replayed.")
    expect(attempts).to_have_count(2)
    expect(page.locator("[data-part=heading] .state")).to_have_text("completed")

    # The list says that it has failed: that was before somebody else retried it.
    def failed(answer):
        return {**answer, "data": [{**each, "state": "failed"} for each in answer["data"]]}

    with inspector.answering("**/api/v2/events?*", failed):
        inspector.open("#/orders")
        inspector.open("#/deliveries")
        expect(row).to_contain_text("failed")
    expect(row.locator(".became")).to_have_count(0)
    expect(row).to_contain_text("completed")
