"""The page of the REST API: what is sent, what is answered, and trying it."""

import json

from playwright.sync_api import expect


def run(inspector, settings):
    page = inspector.page
    document = page.request.get(f"{settings['url']}/openapi.json").json()
    operations = [(path, method) for path, methods in document["paths"].items() for method in methods]
    page.goto(f"{settings['url']}/docs")
    expect(page.locator("#routes > details")).to_have_count(len(operations))

    def opened(method, path):
        route = page.locator("#routes > details").filter(
            has=page.locator("summary > .method", has_text=method)).filter(
            has=page.locator("summary > code", has_text=path).and_(page.get_by_text(path, exact=True))).first
        route.locator("summary").first.click()
        return route

    hook = opened("POST", "/api/v2/webhooks/orders")
    request = hook.locator(":scope > .inside > .shape > li")
    expect(request.filter(has_text="order_number")).to_contain_text("required")
    expect(request.filter(has_text="unit_price")).to_be_visible()
    hook.get_by_role("button", name="Try it").click()
    expect(hook.locator("form + pre")).to_contain_text('"order_number": "ORD-001"')

    page.get_by_label("Token").fill(settings["tokens"]["admin"])
    replay = opened("POST", "/api/v2/replay")
    expect(replay.locator(":scope > .inside > .shape")).to_contain_text("At least one of source, type, state, since, until, ids")
    replay.get_by_role("button", name="Try it").click()
    expect(replay.locator("form + pre")).to_contain_text("\n200 in")

    # What an answer is made of is followed to its end.
    events = opened("GET", "/api/v2/events")
    events.locator("details", has_text="OK").first.locator("summary").click()
    expect(events.locator(".shape .shape").get_by_text("request_id", exact=True)).to_be_visible()
    assert "$ref" not in page.locator("#routes").inner_text()

    # A schema that holds itself is named and not followed.
    order = document["components"]["schemas"]["Delivery"]
    order["properties"]["before_it"] = {"type": "array", "items": {"$ref": "#/components/schemas/Delivery"}}
    page.route("**/openapi.json", lambda route: route.fulfill(json=document))
    page.reload()
    expect(page.locator("#routes > details")).to_have_count(len(operations))
    assert "Delivery, as above" in page.locator("#routes").text_content()
    return {"operations": len(operations), "elements": inspector.elements(), "bytes": len(json.dumps(document))}
