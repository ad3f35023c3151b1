"""What is known of the sources: silence, the secret that matched, and what is registered at the providers."""

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
