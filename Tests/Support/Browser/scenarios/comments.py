"""Comments that wait for a decision: one is allowed, one deleted, each with a reason."""

from playwright.sync_api import expect

from shop import comment


def run(inspector, settings):
    page = inspector.page
    for number, text in [("71001", "Hm"), ("71002", "<b>Spam</b>"), ("71003", "Wow")]:
        assert comment(settings, number, text) == 200
    inspector.open_signed_in("replay", "#/comments")
    cards = page.locator(".card")
    expect(cards).to_have_count(3)

    # What was wrong is said as long as it is.
    page.route("**/api/v2/comments?*", lambda route: route.fulfill(status=503, body="{}"))
    expect(page.get_by_role("alert")).to_be_visible()
    expect(cards).to_have_count(3)
    page.unroute("**/api/v2/comments?*")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(cards).to_have_count(3)
    inspector.errors = [each for each in inspector.errors if "503" not in each]

    # More than a page: the next one is offered.
    def cut(answer):
        return {**answer, "next": str(answer["data"][0]["id"])}

    with inspector.answering("**/api/v2/comments?*", cut):
        page.get_by_role("link", name="Older comments").click()
    expect(cards).to_have_count(2)
    page.get_by_role("link", name="The newest comments").click()
    expect(cards).to_have_count(3)

    # Deciding takes more than replaying does.
    cards.filter(has_text="Hm").get_by_role("button", name="Allow").click()
    inspector.sign_in("admin")
    inspector.dialog().get_by_label("Why?").fill("a regular")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Allowed.")
    expect(cards).to_have_count(2)

    cards.filter(has_text="<b>Spam</b>").get_by_role("button", name="Delete").click()
    inspector.dialog().get_by_label("Why?").fill("it is what it says")
    inspector.dialog().get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_contain_text("Its deletion is ordered.")
    expect(cards).to_have_count(1)

    page.get_by_label("Which comments").select_option("allow")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("a regular")
    page.get_by_label("Which comments").select_option("delete")
    expect(cards).to_contain_text("it is what it says")
