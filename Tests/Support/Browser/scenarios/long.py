"""Bodies and values as long as they may be: in every view a bounded part of them is laid out, and all of it can be read."""

import json

from playwright.sync_api import expect

from shop import deliver, order

ELEMENTS = 3_000
CHARACTERS = 60_000

EMOJI = "😀" * 240_000
WORD = "w" * 200_000
HIDDEN = "a\u202e" * 60_000


def bodies():
    plain = json.loads(order("long", "UNPAID"))

    def body(number, data=None, **more):
        it = {**plain, "data": {**plain["data"], "order_id": number, **(data or {})}, **more}
        return json.dumps(it, ensure_ascii=False)

    yield "emoji", body("emoji", note=EMOJI), "😀"
    yield "word", body("word", {"buyer_email": WORD, "customer_name": WORD}), "www"
    yield "numbers", body("numbers", numbers=list(range(140_000))), "numbers"
    yield "keys", body("keys", {f"key {place} {'k' * 40}": place for place in range(6_000)}), "key 1"
    yield "hidden", body("hidden", {"buyer_email": HIDDEN}), "\\u202e"
    yield "lines", "line\n" * 180_000, "line"
    yield "spaces", "[" + " " * 900_000 + "1]", "1"


def run(inspector, settings):
    page = inspector.page
    inspector.open_signed_in("replay")
    largest = {"elements": 0, "characters": 0}

    def measure(where):
        size = page.evaluate("""() => {
            const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            let characters = 0;
            while (all.nextNode()) if (all.currentNode.parentElement.checkVisibility()) characters += all.currentNode.length;
            for (const field of document.querySelectorAll("input, textarea")) characters += field.value.length;
            return { elements: document.querySelectorAll("*").length, characters };
        }""")
        for name, most in [("elements", ELEMENTS), ("characters", CHARACTERS)]:
            assert size[name] <= most, f"{where}: {size[name]} {name}"
            largest[name] = max(largest[name], size[name])

    for name, body, word in bodies():
        assert deliver(settings, body) == 200, name
        row = inspector.rows().first
        inspector.open(f"#/deliveries?q={'' if name in ('lines', 'spaces') else name}")
        expect(row).to_be_visible()
        measure(f"{name}: list")
        row.click()
        code = page.locator(".code[aria-label=Body]").first
        expect(code).to_contain_text(word)
        measure(f"{name}: event")
        for form in page.get_by_role("group", name="Form of the body").first.get_by_role("button").all():
            form.click()
            measure(f"{name}: {form.inner_text()}")
            before = code.inner_text()
            if name != "spaces":
                code.get_by_role("button", name="Next part").click()
                expect(code).to_contain_text("Part 2")
                assert code.inner_text() != before
                measure(f"{name}: second part")
        for summary in page.locator("article details > summary").all():
            summary.click()
        unfold(page, lambda: measure(f"{name}: all"))
        page.get_by_role("button", name="Replay with changes").click()
        expect(inspector.dialog()).to_be_visible()
        measure(f"{name}: editor")
        page.get_by_role("button", name="Cancel").click()
        expect(inspector.dialog()).to_have_count(0)

        if name in ("lines", "spaces"):
            continue
        inspector.open("#/orders")
        row = inspector.rows().first
        expect(row).to_be_visible()
        measure(f"{name}: orders")
        row.click()
        expect(page.get_by_role("table", name="Field history")).to_be_visible()
        for summary in page.locator("article details > summary").all():
            summary.click()
        measure(f"{name}: order")
        unfold(page, lambda: measure(f"{name}: order, all"))
    inspector.open("#/sources")
    expect(inspector.heading("Sources")).to_be_visible()

    # All of a long value is there, part after part.
    inspector.open("#/deliveries?q=word")
    inspector.rows().first.click()
    table = page.get_by_role("table", name="What it changed")
    cell = table.get_by_role("row", name="customer_name").get_by_role("cell").last
    cell.get_by_role("button", name="Show all").click()
    read = 0
    while True:
        read += len(cell.locator("pre").text_content())
        following = cell.get_by_role("button", name="Next part")
        if following.is_disabled():
            break
        following.click()
    assert read == len(WORD), read
    return largest


def unfold(page, measure):
    """Presses whatever shows more, a few times each."""
    for name in ["Show all", "Next part", "Next rows"]:
        for _ in range(4):
            button = page.locator("article button:not(:disabled)").filter(has_text=name).first
            if button.count() == 0:
                break
            button.click()
            measure()
