"""Where reading takes no token, one can still sign in: the token replaces the open session."""

from playwright.sync_api import expect

TOO_LONG = "a" * 20_000


def run(inspector, settings):
    page = inspector.page
    inspector.open()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    side = page.get_by_role("banner")
    side.get_by_role("button", name="Sign in").click()
    for wrong in ["größe", TOO_LONG, "two words"]:
        page.get_by_label("Token").fill(wrong)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("This is not a token")
    inspector.sign_in("admin")
    expect(side).to_contain_text("browser-admin: admin")
    side.get_by_role("button", name="Sign out").click()
    expect(side.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    # A question that the API will never answer is asked once.
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "state=wrong" in request.url else None)
    inspector.open("#/deliveries?state=wrong")
    expect(page.get_by_role("alert")).to_contain_text("state")
    page.wait_for_timeout(4000)
    assert len(asked) == 1, asked
    # What nginx answers itself lets nothing run either.
    for path, status in [("", 301), ("/none", 404)]:
        answer = page.request.get(f"{settings['url']}/inspect{path}", max_redirects=0)
        policy = answer.headers.get("content-security-policy", "")
        assert answer.status == status and policy.startswith("default-src 'none'"), (path, answer.status, policy)
    inspector.errors = [each for each in inspector.errors if "400" not in each]
