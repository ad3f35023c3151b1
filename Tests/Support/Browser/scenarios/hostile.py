"""Bodies, ids and headers that would be script elsewhere: here they are text."""

import json

from playwright.sync_api import expect

from examine import sound
from shop import comment, deliver, order

SCRIPTS = [
    "<script>window.owned = 1</script>",
    "<img src=x onerror='window.owned = 2'>",
    "<svg onload=window.owned=3>",
    "\"><iframe srcdoc='<script>parent.owned = 4</script>'>",
    "javascript:window.owned=5",
    "{{constructor.constructor('window.owned=6')()}}",
    "\u202egnp.exe",
    "\u202egnp.exe \u0000\ud800",
]

# Turns the text after it, has no width, isolates, and is a letter that is drawn as nothing.
HIDDEN = "a\u202eb\u200bc\u2066d\u3164e\u00ad"


def run(inspector, settings):
    page = inspector.page
    fields = ["buyer_email", "customer_name", "currency", "tracking_number", "order_number", "cancel_reason", HIDDEN]
    hidden = json.loads(order(f"hidden-{HIDDEN}", "STUCK", items=[{"name": HIDDEN, "sku": HIDDEN}], shipping_address={"name": HIDDEN}, **dict.fromkeys(fields, HIDDEN)))
    for body in [hidden, {**hidden, "type": HIDDEN, "shop_id": HIDDEN}]:
        assert deliver(settings, json.dumps(body)) == 200
    assert comment(settings, f"c-{HIDDEN}", HIDDEN, username=HIDDEN) == 200
    for place, script in enumerate(SCRIPTS):
        body = order(f"{script}#{place}", script, buyer_email=script, items=[{"name": script}], **{script: script})
        assert deliver(settings, body) == 200
        assert deliver(settings, script.encode("utf-8", "replace").decode()) == 200
        assert deliver(settings, body, secret="another") == 401
    deep = "[" * 5000 + "]" * 5000
    assert deliver(settings, deep) == 200
    long = json.dumps({"data": {"order_id": "long", "note": "<b>" * 200_000}})
    assert deliver(settings, long) == 200

    inspector.open_signed_in("read")
    # Refusals are written once a second.
    expect(inspector.rows("401 refused").first).to_be_visible()
    page.wait_for_timeout(2500)
    number = inspector.length()
    assert number >= 3 * len(SCRIPTS) + 2, number
    opened = set()
    for _ in range(number):
        page.keyboard.press("j")
        place = page.evaluate("document.activeElement.getAttribute('href')")
        page.keyboard.press("Enter")
        page.wait_for_function("(place) => location.hash === place", arg=place)
        kind, number_of_it = place.split("/")[-2:]
        expect(page.locator("article header")).to_contain_text(f"{kind} {number_of_it} ")
        for name in ["Raw", "Pretty"]:
            for button in page.get_by_role("button", name=name, exact=True).all():
                button.click()
        opened.add(page.url)
        sound(inspector, place)
    assert len(opened) == number, f"{len(opened)} of {number} were opened"
    # Controls of direction turn nothing around: they are written out.
    shown = page.locator(".row .what", has_text="\\u202egnp.exe")
    page.locator(".scroller").evaluate("(element) => { element.scrollTop = 0; }")
    expect(shown.first).to_be_attached()
    page.goto(page.url.split("#")[0] + "#/orders")
    expect(page.locator(".row .what", has_text="\\u202egnp.exe").first).to_be_attached()
    for row in inspector.rows().all():
        row.click()
        expect(page.get_by_role("table", name="Field history")).to_be_visible()
        sound(inspector, page.url)

    # What a destination answers is text, and its beginning only.
    inspector.open("#/jobs")
    letter = page.get_by_role("table", name="Dead letters").locator("tbody tr").filter(has_text="hidden-")
    expect(letter.first).to_contain_text("answered 400")
    expect(letter.first).to_contain_text("<script>window.owned=9</script>")
    expect(letter.first.locator(".hidden-mark").first).to_be_visible()
    assert len(letter.first.inner_text()) < 2000
    for place in ["#/jobs", "#/comments?moderation=all", "#/sources", "#/sources/tiktok-shop", "#/activity"]:
        inspector.open(place)
        page.wait_for_load_state("networkidle")
        sound(inspector, place)
    assert page.evaluate("window.owned") is None
    assert page.locator("main script, main iframe, main img, main svg:not(.chart):not(.chart *)").count() == 0
    # The policy is in force: what the page never does, nobody can do in it.
    refused = page.evaluate("""() => {
        try { document.body.innerHTML = "<b>x</b>"; return "allowed"; } catch (error) { return error.name; }
    }""")
    assert refused == "TypeError", refused
    inline = page.evaluate("""() => new Promise((resolve) => {
        addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
        const style = document.createElement("style");
        style.textContent = "body { display: none }";
        document.head.append(style);
        setTimeout(() => resolve("allowed"), 2000);
    })""")
    assert inline == "style-src-elem", inline
    inspector.errors = [each for each in inspector.errors if "Security Policy" not in each and "TrustedHTML" not in each]
