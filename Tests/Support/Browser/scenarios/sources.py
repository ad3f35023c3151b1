"""What is known of the sources: silence, the secret that matched, what is registered at the providers, and what changed
in their bodies."""

from playwright.sync_api import expect

from shop import deliver, order


def run(inspector, settings):
    page = inspector.page
    assert deliver(settings, order("heard", "UNPAID")) == 200
    with inspector.answering("**/api/v2/registered-webhooks", lambda answer: {**answer, "data": []}):
        inspector.open_signed_in("read", "#/sources")
        expect(page.get_by_text("hookledger webhooks list --provider shopify")).to_be_visible()
    inspector.open("#/orders")
    inspector.open("#/sources")
    heard = page.get_by_role("table", name="Sources with deliveries").locator("tbody tr")
    shop = heard.filter(has_text="/webhook/tiktok")
    # The configuration lets the other one be silent for a minute.
    expect(heard.filter(has_text="silent for more than 1 min")).to_have_count(1)
    expect(shop).not_to_contain_text("silent")
    expect(shop.locator("strong").filter(has_text="TIKTOK_APP_SECRET")).to_be_visible()
    rows = page.get_by_role("table", name="Registered webhooks").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="/webhook/tiktok")).to_contain_text("tiktok-shop")
    expect(rows.filter(has_text="/elsewhere")).to_contain_text("no source has this path")
    shop.get_by_role("link", name="tiktok-shop").click()
    expect(page.get_by_text("No change has been seen.")).to_be_visible()
    change = {"id": 1, "source": "tiktok-shop", "provider": "tiktok_shop", "type": "1", "path": "data.tax",
              "change": "changed_type", "before": "text", "after": "number", "event_id": 7, "events": 3,
              "event_received_at": "2026-03-01T10:00:00Z", "seen_at": "2026-03-01T10:00:05Z"}
    with inspector.answering("**/api/v2/schema-changes*", lambda answer: {**answer, "data": [change]}):
        row = page.get_by_role("table", name="Schema changes").locator("tbody tr")
        # The page asks every five seconds.
        expect(row).to_contain_text("data.tax")
        expect(row).to_contain_text("text → number")
        expect(row.get_by_role("link", name="event 7")).to_be_visible()
    page.get_by_role("link", name="its deliveries").click()
    expect(inspector.rows("heard")).to_be_visible()
    # Whoever takes what is not signed is named as such.
    policies = {"tiktok-shop": "optional", "tiktok": "none"}

    def opened(answer):
        return {**answer, "data": [{**each, "verification": policies[each["name"]]} for each in answer["data"]]}

    with inspector.answering("**/api/v2/sources", opened):
        inspector.open("#/orders")
        inspector.open("#/sources")
        expect(page.get_by_text("accepts unsigned ones, too")).to_have_count(1)
        expect(page.get_by_text("takes everything")).to_have_count(1)
