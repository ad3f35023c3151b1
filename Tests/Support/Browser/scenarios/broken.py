"""The API goes away and returns; the tab is hidden and shown again."""

from playwright.sync_api import expect


def run(inspector, settings):
    page = inspector.page
    polls = []
    page.on("request", lambda request: polls.append(request.url) if "/api/" in request.url else None)
    inspector.open_signed_in("read")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    # As the server tells it, and in a shape that is not its own.
    for body, words in [
        ('{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"It is away","error":"unavailable"}',
         "It is away; retrying in"),
        ('{"error":"unavailable"}', "The API is away; retrying in"),
    ]:
        page.route("**/api/**", lambda route: route.fulfill(status=503, headers={"Retry-After": "2"}, body=body))
        expect(page.get_by_text(words)).to_be_visible()
        page.unroute("**/api/**")
        expect(page.get_by_text("Live", exact=True)).to_be_visible()

    # Paused by hand, nothing of the list is asked for.
    page.keyboard.press("p")
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()
    del polls[:]
    page.wait_for_timeout(2500)
    assert not [url for url in polls if "after=" in url], polls
    page.keyboard.press("p")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    # A hidden tab asks for nothing at all.
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { value: true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    del polls[:]
    page.wait_for_timeout(2500)
    assert not polls, polls
    page.evaluate("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    inspector.errors = [each for each in inspector.errors if "503" not in each]
