"""Dead letters: one retried, and done; others discarded together."""

from playwright.sync_api import expect

from shop import deliver, order


def run(inspector, settings):
    page = inspector.page
    for number in range(4):
        assert deliver(settings, order(f"doomed-{number}", "DOOMED")) == 200
    inspector.open_signed_in("admin", "#/jobs")
    letters = page.get_by_role("table", name="Dead letters")
    rows = letters.locator("tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("answered 400")
    expect(page.get_by_role("link", name="Jobs")).to_contain_text("4")

    rows.filter(has_text="doomed-0").get_by_role("button", name="Retry").click()
    inspector.dialog().get_by_label("Why?").fill("the destination is fixed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 dead letter retried.")
    expect(rows).to_have_count(3)

    # More than are shown: what the box chooses is said.
    def many(answer):
        return {**answer, "depth": [{**row, "dead": 235 if row["action"] == "erp" else 0} for row in answer["depth"]]}

    with inspector.answering("**/api/v2/jobs?*", many):
        expect(page.get_by_text("The oldest 3 of 235 dead letters")).to_be_visible()
        expect(page.get_by_label("Choose all shown")).to_be_visible()
    expect(page.get_by_text("3 dead letters", exact=True)).to_be_visible()

    boxes = rows.get_by_role("checkbox")
    for key, place in [("j", 0), ("j", 1), ("j", 2), ("k", 1)]:
        page.keyboard.press(key)
        expect(boxes.nth(place)).to_be_focused()
    page.keyboard.press("Space")
    expect(boxes.nth(1)).to_be_checked()
    page.keyboard.press("?")
    expect(inspector.dialog()).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    page.get_by_label("Choose all").check()
    expect(page.get_by_text("3 chosen")).to_be_visible()
    page.locator(".chosen").get_by_role("button", name="Discard").click()
    inspector.dialog().get_by_role("button", name="Discard").click()
    # Nothing is done without a reason.
    expect(inspector.dialog()).to_be_visible()
    inspector.dialog().get_by_label("Why?").fill("no longer wanted")
    inspector.dialog().get_by_role("button", name="Discard").click()
    expect(page.get_by_role("status")).to_contain_text("3 dead letters discarded.")
    expect(page.get_by_text("No dead letters.")).to_be_visible()

    page.goto(page.url.replace("#/jobs", "#/deliveries"))
    inspector.rows("doomed-0").click()
    attempts = page.locator("[data-part=jobs] .attempt")
    expect(attempts).to_have_count(2)
    expect(attempts.first).to_contain_text("failed for good")
    expect(attempts.last).to_contain_text("answered 200")
