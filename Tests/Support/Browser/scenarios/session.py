"""Who is signed in: after a reload, in two tabs, after signing out and going back, with a token that is revoked or expires."""

from playwright.sync_api import expect

from shop import deliver, order
from stack import sql, tool

STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"


def run(inspector, settings):
    page = inspector.page
    side = page.locator("#side")
    assert deliver(settings, order("session", "UNPAID")) == 200
    inspector.open_signed_in("read", "#/deliveries?q=session")
    expect(inspector.rows("session")).to_be_visible()

    # A reload keeps session and view; the token is kept for the tab, and nowhere that another tab reads.
    page.reload()
    expect(inspector.rows("session")).to_be_visible()
    expect(page.get_by_label("Search deliveries")).to_have_value("session")
    token = settings["tokens"]["read"]
    assert token not in page.evaluate("JSON.stringify(localStorage) + document.cookie")

    # Another tab is another session.
    second = inspector.context.new_page()
    second.goto(page.url)
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
    second.get_by_label("Token").fill(settings["tokens"]["admin"])
    second.keyboard.press("Enter")
    expect(second.locator("#side")).to_contain_text("browser-admin: admin")
    expect(side).to_contain_text("browser-read: read")
    second.get_by_role("button", name="Sign out").click()
    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(inspector.rows("session")).to_be_visible()
    second.close()

    # Back leads through the views.
    inspector.rows("session").click()
    expect(page.locator("article header")).to_contain_text("event")
    inspector.open("#/activity")
    expect(inspector.heading("Activity")).to_be_visible()
    page.go_back()
    expect(page.locator("article header")).to_contain_text("event")
    page.go_back()
    expect(page.get_by_text("Choose a delivery.")).to_be_visible()
    page.go_forward()
    expect(page.locator("article header")).to_contain_text("event")

    # What takes more than the token may is asked for, and can be called off.
    page.get_by_role("button", name="Replay", exact=True).click()
    expect(inspector.dialog()).to_contain_text("scope replay")
    inspector.dialog().get_by_role("button", name="Cancel").click()
    expect(inspector.dialog()).to_have_count(0)
    expect(side).to_contain_text("browser-read: read")

    # Signed out nothing is left: not in the page, not by going back, not by a reload.
    side.get_by_role("button", name="Sign out").click()
    expect(inspector.heading("Sign in")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("session")
    assert page.evaluate(STORED) == "{}{}"
    for move in [page.go_back, page.reload]:
        move()
        expect(inspector.heading("Sign in")).to_be_visible()
        expect(page.locator(".row")).to_have_count(0)

    # Revoked or expired while it is in use: the view asks for another one, a reload does not continue with it.
    for name, end in [
        ("soon-gone", lambda: tool(settings, "token", "revoke", "soon-gone")),
        ("soon-over", lambda: sql(settings, "update hookledger.api_tokens set expires_at = now() - interval '1 second'"
                                            " where name = 'soon-over'")),
    ]:
        inspector.open("#/deliveries?q=session")
        made = tool(settings, "token", "create", name, "--scope", "read").split()[0]
        page.get_by_label("Token").fill(made)
        page.keyboard.press("Enter")
        expect(inspector.rows("session")).to_be_visible()
        end()
        expect(page.get_by_role("alert").filter(has_text="revoked or expired")).to_be_visible()
        page.reload()
        expect(inspector.heading("Sign in")).to_be_visible()
        assert page.evaluate("JSON.stringify(sessionStorage)") == "{}"
        page.get_by_label("Token").fill(made)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("This token is unknown, revoked or expired.")
