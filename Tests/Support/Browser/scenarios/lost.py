"""A replay whose answer is lost is done once, however often one presses; a token that is revoked costs no edit."""

import json

from playwright.sync_api import expect

from shop import deliver, order

REPLAYS = "**/api/v2/events/*/replay"


def run(inspector, settings):
    page = inspector.page
    for number in ["lost-plain", "lost-edit"]:
        assert deliver(settings, order(number, "AWAITING_SHIPMENT")) == 200
    inspector.open_signed_in("replay")
    dialog = inspector.dialog()
    button = dialog.get_by_role("button", name="Replay", exact=True)
    runs = []

    # The request reaches the server, and its answer nobody.
    def lose(route):
        sent = json.loads(route.request.post_data)
        if sent["dry_run"]:
            return route.continue_()
        runs.append(sent["run"])
        if len(runs) > 1:
            return route.continue_()
        assert route.fetch().status == 200
        route.abort()

    def press_twice():
        page.unroute(REPLAYS)
        del runs[:]
        page.route(REPLAYS, lose)
        dialog.get_by_label("Why?").fill("the line is bad")
        button.click()
        expect(dialog.get_by_role("alert")).to_contain_text("The server cannot be reached")
        button.click()
        expect(dialog).to_have_count(0)
        expect(page.get_by_role("status")).to_contain_text("only its answer was lost")
        page.unroute(REPLAYS)
        assert len(runs) == 2 and runs[0] == runs[1], runs
        return runs[0]

    inspector.rows("lost-plain").click()
    page.get_by_role("button", name="Replay", exact=True).click()
    expect(button).to_be_enabled()
    first = press_twice()
    assert replayed(inspector, "lost-plain") == 1

    inspector.rows("lost-edit").click()
    expect(page.locator("article .facts")).to_contain_text("lost-edit")
    page.get_by_role("button", name="Replay with changes").click()
    editor = dialog.locator("textarea")
    editor.fill("[" * 5000 + "]" * 5000)
    expect(dialog).to_contain_text("too deep")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Replay with changes").click()
    edited = editor.input_value().replace("AWAITING_SHIPMENT", "CANCELLED")
    editor.fill(edited)
    expect(button).to_be_enabled()

    # The token is revoked meanwhile: the API answers as it does to one that it does not know.
    page.route(REPLAYS, lambda route: route.continue_(
        headers={**route.request.headers, "authorization": "Bearer hl_revoked"}))
    dialog.get_by_label("Why?").fill("the buyer called")
    button.click()
    expect(dialog.get_by_role("alert")).to_contain_text("revoked")
    dialog.get_by_role("alert").get_by_role("button", name="Sign in").click()
    page.unroute(REPLAYS)
    page.get_by_label("Token").fill(settings["tokens"]["admin"])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Token")).to_have_count(0)
    assert editor.input_value() == edited
    expect(button).to_be_enabled()
    second = press_twice()
    assert first != second
    # It leads to the one event that was made, which says by whom.
    expect(page.get_by_text("Replay of", exact=True)).to_be_visible()
    expect(page.locator("article .facts")).to_contain_text("browser-admin")
    expect(page.locator(".exchange")).to_contain_text("this is a replay")
    assert replayed(inspector, "lost-edit") == 1
    inspector.errors = [each for each in inspector.errors if "ERR_FAILED" not in each]


def replayed(inspector, number):
    """How many replays the ledger knows of, of the delivery of an order."""
    headers = {"Authorization": f"Bearer {inspector.settings['tokens']['read']}"}
    api = f"{inspector.settings['url']}/api/v2"
    found = inspector.page.request.get(f"{api}/events?q={number}&limit=100", headers=headers).json()["data"]
    event = next(each for each in found if each["origin"] == "delivery")
    entries = inspector.page.request.get(f"{api}/events/{event['id']}", headers=headers).json()["timeline"]
    return len([each for each in entries if each["kind"] == "operator"])
