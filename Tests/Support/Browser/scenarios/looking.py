"""Looking for something: time, saved searches, copies, the page of a source, why an order has not shipped, and the banner."""

import base64
import json
import re
import subprocess

from playwright.sync_api import expect

from shop import deliver, order

NOTE = "it's $(touch /tmp/x) `id` \\ \"quoted\"\n"

JOB = {"action": "erp", "state": "ready", "run_at": "2026-03-01T12:00:30Z", "last_error": "answered 500", "hold_reason": None}
SENTENCES = [
    (({"status": "AWAITING_SHIPMENT", "stage": "to_ship"}, [], []),
     "Not shipped: it is to be shipped, but has no tracking number yet."),
    (({"status": "AWAITING_COLLECTION", "stage": "to_ship", "tracking_number": "X-1"}, [], []),
     "Not shipped: it has a tracking number, but the carrier has not taken it yet."),
    (({"status": "CANCEL", "stage": "cancelled", "tracking_number": "X-1"}, [], []), "Not shipped: it was cancelled."),
    (({"status": "refunded", "stage": "returned"}, [], []), "Shipped, and returned."),
    (({"status": "on-hold", "stage": "on_hold"}, [JOB], []),
     "Not shipped: it is on hold; its job erp retries in 30 s, after: answered 500."),
    (({"status": None}, [{**JOB, "run_at": "2026-03-01T11:50:00Z"}], []),
     "Not shipped: the sender has sent no status; its job erp has been due for 10 min, and no batch processor has claimed it."),
    (({"status": "NEW"}, [{**JOB, "state": "held", "hold_reason": "cancel_requested"}], []),
     "Not shipped: the last status is NEW; its job erp waits (held: the buyer has asked to cancel)."),
    (({"status": "NEW"}, [{**JOB, "state": "running"}], [{"action": "mail", "last_error": None}]),
     "Not shipped: the last status is NEW; its job mail has failed for good (no reason is stored); its job erp runs right now."),
]


def run(inspector, settings):
    page = inspector.page
    inspector.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=settings["url"])
    assert deliver(settings, order("looked-a", "UNPAID", note=NOTE)) == 200
    assert deliver(settings, order("looked-b", "SHIPPED", zero="\u200b", tracking_number="X-1")) == 200
    inspector.open_signed_in("read", "#/deliveries?q=looked&source=tiktok-shop")
    expect(inspector.rows("looked-")).to_have_count(2)

    # A search is kept, found after a reload, and removed.
    saved = page.get_by_label("Saved searches")
    saved.select_option(label="Save this search …")
    inspector.dialog().get_by_label("Name").fill("Mine")
    page.keyboard.press("Enter")
    expect(inspector.dialog()).to_have_count(0)
    page.get_by_label("Search deliveries").fill("")
    page.wait_for_url(lambda url: "q=" not in url)
    page.reload()
    saved.select_option(label="Mine")
    expect(page.get_by_label("Search deliveries")).to_have_value("looked")
    expect(page.get_by_label("Source")).to_have_value("tiktok-shop")
    saved.select_option(label="Remove “Mine”")
    expect(saved.locator("option", has_text="Mine")).to_have_count(0)

    # From when to when; it is part of the address.
    page.locator(".times summary").click()
    page.get_by_label("Until").fill("2020-01-01T00:00")
    page.get_by_label("Until").press("Tab")
    expect(page.get_by_text("No delivery matches.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("No delivery matches.")).to_be_visible()
    page.get_by_role("button", name="Any time").click()
    expect(inspector.rows("looked-")).to_have_count(2)

    # What is copied is one command, whatever the body holds.
    for number, words in [("looked-a", NOTE), ("looked-b", "")]:
        inspector.rows(number).first.click()
        expect(page.locator("article .facts")).to_contain_text(number)
        body = copied(page, "Copy body")
        sent = ran(copied(page, "Copy as curl"))
        assert sent[-1].decode() == body and "order_status" in body, (sent, body)
        assert sent[0].decode() == f"{settings['url']}/webhook/tiktok", sent
        assert words == "" or json.loads(body)["data"]["note"] == words
        assert "content-type: application/json" in copied(page, "Copy headers").lower()

    # Where the browser allows no copying, the text is there to be copied by hand.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    page.keyboard.press("y")
    expect(inspector.dialog().get_by_label("Curl")).to_have_value(re.compile("^(curl|base64) "))
    page.keyboard.press("Escape")

    # The page of a source.
    inspector.open("#/sources")
    page.get_by_role("table", name="Sources with deliveries").get_by_role("link", name="tiktok-shop", exact=True).click()
    expect(inspector.heading("tiktok-shop")).to_be_visible()
    for words in ["Last delivery", "Rate", "Accepted, 24 h", "TIKTOK_APP_SECRET"]:
        expect(page.locator(".about")).to_contain_text(words)
    labels = page.locator(".chart .axis").filter(has_text=re.compile(r"^\d\d:\d\d$"))
    expect(labels.first).to_be_visible()
    assert all(each.endswith((":00", ":30")) for each in labels.all_text_contents()), labels.all_text_contents()
    inspector.open("#/activity")
    expect(labels.first).to_be_visible()
    expect(page.get_by_text("Counted up to")).to_be_visible()
    assert all(int(each[-2:]) % 5 == 0 for each in labels.all_text_contents()), labels.all_text_contents()

    # Why it has not shipped.
    for number, words in [("looked-a", "Not shipped: it is not paid."), ("looked-b", "Shipped according to the sender (SHIPPED): it has a tracking number.")]:
        inspector.open(f"#/orders?q={number}")
        inspector.rows(number).first.click()
        expect(page.locator("[data-part=shipping]")).to_contain_text(words)
    expect(page.get_by_role("heading", name="Money")).to_be_visible()
    expect(page.locator("article .facts", has_text="X-1").first).to_be_visible()
    said = page.evaluate("""async (orders) => {
        const { shipping } = await import("./orders/shipping.js");
        return orders.map(([order, jobs, letters]) => shipping(order, jobs, letters, Date.parse("2026-03-01T12:00:00Z")).text);
    }""", [case for case, _ in SENTENCES])
    assert said == [sentence for _, sentence in SENTENCES], said

    # Jobs that are due while no batch processor is seen.
    def waiting(answer):
        row = {"action": "erp", "kind": "http", "due": 3, "waiting": 0, "running": 0, "dead": 0, "oldest_seconds": 600}
        return {**answer, "depth": [row], "batch_seen_at": "2026-01-01T00:00:00+00:00"}

    banner = page.locator("#banner")
    expect(banner).to_be_hidden()
    with inspector.answering("**/api/v2/jobs?*", waiting):
        page.reload()
        expect(banner).to_contain_text("No batch processor has run.")
        expect(banner).to_contain_text("3 jobs are due")
    page.reload()
    expect(banner).to_be_hidden()


def copied(page, title):
    page.get_by_role("group", name="Copy the request").get_by_role("button", name=title).click()
    expect(page.get_by_role("status").filter(has_text="copied").last).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")


def ran(command):
    """Runs the command with a curl that says what it was given: its arguments, and what it would send."""
    script = ('curl() { for word in "$@"; do printf %s "$word" | base64 -w0; echo; done;'
              ' case "$*" in *"--data-binary @-"*) base64 -w0; echo;; esac; }\n' + command)
    done = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    words = [base64.b64decode(line) for line in done.stdout.splitlines()]
    return words
