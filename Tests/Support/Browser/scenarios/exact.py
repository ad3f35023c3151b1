"""Numbers are shown and sent digit by digit; a replay with one change keeps every other byte."""

import json

from playwright.sync_api import expect

from shop import deliver, order

LARGE = "12345678901234567890123"
PLAIN = json.loads(order("exact", "UNPAID"))
# Halves of surrogate pairs, repeated keys, escapes, white space, a key with a dot, an empty key.
BODY = ('{ "timestamp": %d ,"type":"order_status_change","shop_id":"shop_1",\t"half":"\\ud800","twice":1,"twice":2,'
        '"escaped":"\\/\\u00e4","a.b":1.10,"":0,"data":{"order_id":"exact","order_status":"UNPAID","create_time":%d,'
        '"update_time":%d,"total_amount":49.90,"currency":"EUR","large":%s,"list":[1.50, 2e2],"same":[{"k":1,"k":2}]}}' % (
            PLAIN["timestamp"], PLAIN["timestamp"], PLAIN["timestamp"], LARGE))


def run(inspector, settings):
    page = inspector.page
    headers = {"Authorization": f"Bearer {settings['tokens']['read']}"}
    api = f"{settings['url']}/api/v2"
    assert deliver(settings, BODY) == 200
    inspector.open_signed_in("replay", "#/deliveries?q=exact")
    row = inspector.rows().first
    expect(row).to_be_visible()
    row.click()
    place = page.url
    expect(page.locator(".code[aria-label=Body]").first).to_contain_text(f'"large": {LARGE}')

    inspector.open("#/orders?q=exact")
    inspector.rows().first.click()
    expect(page.locator("article .amount")).to_have_text("49.90 EUR")
    expect(page.get_by_role("table", name="Field history")).to_contain_text("49.90")
    page.get_by_text("Fields unknown to the ledger").click()
    extra = page.locator(".code[aria-label=Body]").last
    expect(extra).to_contain_text(f'"large": {LARGE}')
    expect(extra).to_contain_text("1.50")
    assert f'"{LARGE}"' not in page.locator("main").inner_text(), "quoted"

    def edited(changes, says=None):
        """Replays with changes of the text; returns the body of the new event."""
        page.goto(place)
        page.get_by_role("button", name="Replay with changes").click()
        editor = inspector.dialog().locator("textarea")
        text = editor.input_value()
        for old, new in changes:
            assert old in text, (old, text)
            text = text.replace(old, new)
        editor.fill(text)
        if says:
            expect(inspector.dialog()).to_contain_text(says)
            expect(inspector.dialog().get_by_role("button", name="Replay", exact=True)).to_be_disabled()
            page.get_by_role("button", name="Cancel").click()
            return None
        inspector.dialog().get_by_label("Why?").fill("one member")
        inspector.dialog().get_by_role("button", name="Replay", exact=True).click()
        expect(inspector.dialog()).to_have_count(0)
        page.wait_for_url(lambda url: url != place and "/event/" in url)
        made = page.url.split("/event/")[1].split("?")[0]
        return page.request.get(f"{api}/events/{made}", headers=headers).json()["request"]["body"]["text"]

    for changes in [
        [('"UNPAID"', '"CANCELLED"')], [('"a.b": 1.10', '"a.b": 1.20')], [('"twice": 2', '"twice": 3')],
        [(LARGE, LARGE + "4")], [('"\\ud800"', '"\\udfff"')],
    ]:
        expected = BODY
        for old, new in changes:
            old, new = (each.replace('": ', '":') for each in (old, new))
            assert expected.count(old) == 1
            expected = expected.replace(old, new)
        got = edited(changes)
        assert got == expected, f"{got}\n{expected}"
    # What holds them is set where a member cannot be: a repeated key that is not the last one, one that is taken away.
    got = edited([('"k": 1', '"k": 5')])
    assert '"same":[{"k":5,"k":2}]' in got and got.replace('"k":5', '"k":1') == BODY, got
    edited([('"twice": 1', '"twice": 5')], "If a key is there twice, the last one is used")
    edited([('"": 0', '"": 7')], "The path of this member is empty")
    got = edited([(',\n    "large": ' + LARGE, "")])
    assert LARGE not in got and '"half":"\\ud800","twice":1,"twice":2,"escaped":"\\/\\u00e4","a.b":1.10' in got, got
    assert '"list":[1.50,2e2]' in got, got

    # The page of the API rounds nothing either.
    order_id = page.request.get(f"{api}/orders?q=exact", headers=headers).json()["data"][0]["id"]
    page.goto(f"{settings['url']}/docs")
    page.get_by_label("Token").fill(settings["tokens"]["read"])
    route = page.locator("#routes > details").filter(has=page.get_by_text("/api/v2/orders/{id}", exact=True)).first
    route.locator("summary").first.click()
    route.locator("input[name=id]").fill(str(order_id))
    route.get_by_role("button", name="Try it").click()
    expect(route.locator("form + pre")).to_contain_text(f'"large": {LARGE}')
    expect(route.locator("form + pre")).to_contain_text("1.50")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    route.locator("input[name=id]").fill("../../metrics")
    route.get_by_role("button", name="Try it").click()
    expect(route.locator("form + pre")).to_contain_text("another path")
    assert not asked, asked

    # Nor what it sends.
    page.get_by_label("Token").fill(settings["tokens"]["replay"])
    replay = page.locator("#routes > details").filter(has=page.get_by_text("/api/v2/events/{id}/replay", exact=True)).first
    replay.locator("summary").first.click()
    replay.locator("input[name=id]").fill(place.split("/event/")[1].split("?")[0])
    text = '{"reason":"a dry run","dry_run":true,"set":{"data.total_amount":%s.50}}' % LARGE
    replay.locator("textarea[name=body]").fill(text)
    with page.expect_request("**/replay") as sent:
        replay.get_by_role("button", name="Try it").click()
    assert sent.value.post_data == text, sent.value.post_data
    expect(replay.locator("form + pre")).to_contain_text("200 in")
