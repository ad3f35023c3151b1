"""Log in, see a delivery arrive, open it, replay it with a change, see the result."""

import re

from playwright.sync_api import expect

from shop import deliver, order


def run(inspector, settings):
    page = inspector.page
    inspector.open()
    expect(inspector.heading("Sign in")).to_be_visible()
    page.get_by_label("Token").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("This token is unknown, revoked or expired.")
    inspector.sign_in("read")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    assert deliver(settings, order("watched", "AWAITING_SHIPMENT")) == 200
    row = inspector.rows("watched")
    expect(row).to_have_count(1)
    assert deliver(settings, order("forged", "AWAITING_SHIPMENT"), secret="another") == 401
    expect(inspector.rows().first).to_contain_text("401 refused")

    # By keyboard: search, into the list, open.
    page.keyboard.press("/")
    page.keyboard.type("watched")
    expect(inspector.rows()).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(row.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Accepted.", exact=True)).to_be_visible()
    expect(page.locator(".exchange")).to_contain_text("POST /webhook/tiktok")
    expect(page.locator(".exchange")).to_contain_text('"success": true')

    # With changes: what it takes is a token that may, and a change.
    page.keyboard.press("e")
    inspector.sign_in("replay")
    editor = page.get_by_label("Body", exact=True).and_(page.locator("textarea"))
    button = inspector.dialog().get_by_role("button", name="Replay", exact=True)
    expect(button).to_be_disabled()
    text = editor.input_value()
    editor.fill(text[:-1])
    expect(inspector.dialog()).to_contain_text("Not JSON yet.")
    editor.fill(text.replace("AWAITING_SHIPMENT", "CANCELLED"))
    difference = page.locator(".code[aria-label=Difference]")
    expect(difference.locator(".removed")).to_contain_text("AWAITING_SHIPMENT")
    expect(difference.locator(".added")).to_contain_text("CANCELLED")
    expect(inspector.dialog().locator(".plan")).to_contain_text(re.compile("runs|does not run|No job"))
    inspector.dialog().get_by_label("Why?").fill("the buyer called")
    button.click()

    expect(page.get_by_role("status")).to_contain_text("Replayed as event")
    expect(page.get_by_text("Replay of", exact=True)).to_be_visible()
    changed = page.get_by_role("table", name="What it changed")
    expect(changed).to_contain_text("CANCELLED")
    page.get_by_role("link", name="order watched").click()
    expect(inspector.heading("Order watched")).to_be_visible()
    expect(page.get_by_role("table", name="Field history")).to_contain_text("CANCELLED")
