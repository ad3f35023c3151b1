"""Nobody frames the page; another page in the same frame is the control that frames work there at all."""

from playwright.sync_api import expect

OTHER = "https://other.example"


def run(inspector, settings):
    page = inspector.page
    places = {"control": f"{OTHER}/control", "inspect": f"{settings['url']}/inspect/", "docs": f"{settings['url']}/docs"}
    frames = "".join(f'<iframe id="{name}" src="{place}"></iframe>' for name, place in places.items())
    page.route(f"{OTHER}/**", lambda route: route.fulfill(
        content_type="text/html", body="<p>I am framed</p>" if route.request.url.endswith("/control") else frames))
    page.goto(f"{OTHER}/")
    expect(page.frame_locator("#control").get_by_text("I am framed")).to_be_visible()
    page.wait_for_timeout(1500)
    shown = [frame.url for frame in page.frames[1:]]
    assert f"{OTHER}/control" in shown, shown
    assert not [url for url in shown if url.startswith(settings["url"])], shown
    assert len([url for url in shown if url.startswith("chrome-error:")]) == 2, shown
    inspector.errors = [each for each in inspector.errors if "frame" not in each.lower()]
