"""A hundred thousand deliveries: pages come fast, and the page does not grow."""

from playwright.sync_api import expect

from shop import deliver, order

PAGES = 30


def run(inspector, settings):
    page = inspector.page
    times = []
    page.on("requestfinished", lambda request: times.append(request.timing["responseEnd"])
            if "before=" in request.url else None)
    inspector.open()
    expect(inspector.rows()).not_to_have_count(0)
    scroller = page.locator(".scroller")
    sizes = []
    for number in range(PAGES):
        with page.expect_response(lambda response: "before=" in response.url):
            scroller.evaluate("(element) => { element.scrollTop = element.scrollHeight; }")
        # The page that has come is drawn, and the middle of the list has as many rows above as below.
        scroller.evaluate("(element) => { element.scrollTop = element.scrollHeight - 3 * element.clientHeight; }")
        page.wait_for_function("document.querySelectorAll('.rows > .row').length > 10")
        page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
        if number > 0:
            sizes.append(inspector.elements())
    loaded = inspector.length()
    # Rows differ by a span or two (a reason, a place); the number of rows by one.
    assert max(sizes) - min(sizes) <= 40, sizes
    assert loaded >= 100 * PAGES, loaded

    # What is read stays where it is when something arrives.
    before = inspector.rows().nth(12).inner_text()
    assert deliver(settings, order("late", "UNPAID")) == 200
    expect(page.get_by_role("button", name="1 new delivery above")).to_be_visible()
    assert inspector.rows().nth(12).inner_text() == before
    page.get_by_role("button", name="1 new delivery above").click()
    expect(inspector.rows("late")).to_be_visible()
    times.sort()
    return {"rows": loaded, "elements": max(sizes), "page_ms_median": round(times[len(times) // 2], 1),
            "page_ms_slowest": round(times[-1], 1)}
