"""Invented addresses: they name nothing, and lead the token nowhere else."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

PLACES = [
    "#/constructor", "#/__proto__/x", "#/toString", "#/hasOwnProperty/event/1", "#/activity?range=constructor",
    "#/activity?range=__proto__", "#/comments?moderation=constructor", "#/comments?moderation=__proto__",
    "#/orders?processed=constructor", "#/sources/constructor", "#/sources/__proto__", "#/sources/..%2f..%2fwebhook",
    "#/%E0%A4%A", "#/deliveries/constructor/1", "#/deliveries/__proto__/1", "#/deliveries/event",
]
OUTSIDE = [
    "..%2f..%2fwebhook%2ftiktok", "%2e%2e%2f%2e%2e%2fmetrics", "..", ".", "%2e%2e", "..%5c..%5cmetrics", "1%2f..%2f..%2fmetrics",
    "1%3fx", "1%23", "%2fmetrics", "1;x", "%00", "-1", "1.0",
]


def run(inspector, settings):
    page = inspector.page
    asked = []
    page.on("request", lambda request: asked.append(request) if "/inspect/" not in request.url else None)
    inspector.open_signed_in("admin")
    for place in PLACES:
        inspector.open(place)
        expect(page.locator("main h1").first).to_be_attached()
        # That the API refuses the question is an answer, which the page shows.
        inspector.errors = [each for each in inspector.errors if "400" not in each and "404" not in each]
        inspector.expect_no_errors()
    for what in ["deliveries/event", "deliveries/refusal", "orders"]:
        for text in OUTSIDE:
            inspector.open("#/jobs")
            expect(inspector.heading("Jobs")).to_be_visible()
            inspector.open(f"#/{what}/{text}")
            expect(page.get_by_role("alert").filter(has_text="Not found")).to_be_visible()
    inspector.errors = [each for each in inspector.errors if "404" not in each]
    for request in asked:
        path = urlsplit(request.url).path
        assert path.startswith("/api/v2/") and ".." not in path and "%" not in path, request.url
        assert request.url.startswith(settings["url"]), request.url
    return {"addresses": len(PLACES) + 3 * len(OUTSIDE)}
