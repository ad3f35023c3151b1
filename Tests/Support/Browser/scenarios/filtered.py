"""A list of one state gets what comes into it later; a list that is paused still answers to a search."""

from playwright.sync_api import expect

from shop import deliver, order


def run(inspector, settings):
    page = inspector.page
    inspector.open_signed_in("read")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()

    # The cursor passes deliveries while they are in another state.
    with inspector.answering("**/api/v2/events?*after=*", lambda answer: {**answer, "data": []}):
        page.get_by_label("Which deliveries").select_option("Completed")
        page.wait_for_url("**state=completed*")
        expect(page.get_by_text("Live", exact=True)).to_be_visible()
        for number in ["late-1", "late-2"]:
            assert deliver(settings, order(number, "UNPAID")) == 200
        expect(inspector.rows("late-1")).to_have_count(1)
        expect(inspector.rows("late-2")).to_have_count(1)
        # They stay one row each, and in their order.
        page.wait_for_timeout(5000)
        expect(inspector.rows("late-")).to_have_count(2)
        expect(inspector.rows().nth(0)).to_contain_text("late-2")
        expect(inspector.rows().nth(1)).to_contain_text("late-1")

    for text, word in [("Running", "processing"), ("Waiting", "pending")]:
        page.get_by_label("Which deliveries").select_option(text)
        page.wait_for_url(f"**state={word}*")
        expect(page.get_by_text("No delivery matches.")).to_be_visible()
    page.get_by_label("Which deliveries").select_option("All")
    expect(inspector.rows("late-1")).to_have_count(1)

    page.get_by_role("button", name="Live").click()
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()
    page.get_by_label("Search deliveries").fill("late-1")
    expect(inspector.rows()).to_have_count(1)
    page.get_by_label("Search deliveries").fill("nothing of that kind")
    expect(page.get_by_text("No delivery matches.")).to_be_visible()
    page.get_by_label("Search deliveries").fill("")
    expect(inspector.rows("late-2")).to_have_count(1)
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()

    # When it continues, it has each delivery once.
    page.get_by_role("button", name="Paused").click()
    assert deliver(settings, order("late-3", "UNPAID")) == 200
    expect(inspector.rows("late-3")).to_have_count(1)
    expect(inspector.rows("late-2")).to_have_count(1)
