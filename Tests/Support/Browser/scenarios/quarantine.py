"""A refused delivery that is kept is shown, explained and tried again; the sources' tokens are listed with their states."""

from playwright.sync_api import expect

from examine import examine
from shop import deliver, order


def run(inspector, settings):
    page = inspector.page
    # Signed as the shop signs, with another secret.
    assert deliver(settings, order("kept-away", "UNPAID"), secret="the secret of tomorrow") == 401
    inspector.open_signed_in("admin", "#/deliveries?outcome=refused")
    panel = page.locator("[data-part=quarantine]")
    # The responder writes it within a second, after its answer; until then the first one is another.
    for _ in range(60):
        inspector.rows().first.click()
        expect(page.locator("header.heading h1").first).to_be_visible()
        page.wait_for_timeout(500)
        if page.get_by_text("kept-away").count():
            break
        inspector.open("#/deliveries?outcome=refused")
        page.reload()
    expect(panel).to_contain_text("It looks like the source's own, so it is kept whole.")
    expect(page.get_by_text("kept-away").first).to_be_visible()
    examine(inspector, "quarantine")

    panel.get_by_role("button", name="Try again").click()
    expect(inspector.dialog()).to_contain_text("with the secrets of now")
    examine(inspector, "try again")
    inspector.dialog().get_by_label("Why?").fill("the secret is corrected")
    inspector.dialog().get_by_role("button", name="Verify again").click()
    expect(inspector.dialog()).to_have_count(0)
    # The batch processor tries; the secret is still another one, which the page says.
    for _ in range(60):
        if "no_secret_matched" in panel.inner_text():
            break
        page.wait_for_timeout(500)
        page.reload()
        expect(panel).to_be_visible()
    expect(panel).to_contain_text("no_secret_matched")
    expect(panel.get_by_role("button", name="Try again")).to_be_visible()

    inspector.open("#/sources")
    tokens = page.get_by_role("table", name="Tokens").locator("tbody tr")
    expect(tokens).to_have_count(2)
    revoked = tokens.filter(has_text="7002")
    expect(revoked).to_contain_text("revoked")
    expect(revoked).to_contain_text("the refresh was refused")
    expect(tokens.filter(has_text="7001")).to_contain_text("GBP")
    examine(inspector, "tokens")
    inspector.expect_no_errors()
