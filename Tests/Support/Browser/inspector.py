"""The inspector page as a person sees it."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

WIDE = {"width": 1360, "height": 860}
NARROW = {"width": 390, "height": 844}
# Milliseconds for what must come to pass: a busy machine stays below them.
PATIENCE = 120_000


class Inspector:
    """A browser tab with the page."""

    def __init__(self, browser, settings, viewport=None, scheme="light"):
        # The certificate is the stack's own: curl checks it in other tests.
        self.context = browser.new_context(
            ignore_https_errors=True, viewport=viewport or WIDE, color_scheme=scheme, locale="en-GB")
        self.browser = browser
        self.settings = settings
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        self.page.on("console", self._note)

    def close(self):
        self.context.close()

    def _note(self, message):
        # A refused sign-in is an answer that the page shows; the browser still reports the status.
        if message.type == "error" and "status of 401" not in message.text:
            self.errors.append(f"console: {message.text}")

    def expect_no_errors(self):
        assert not self.errors, self.errors

    def state(self):
        return f"at {self.page.url}\nerrors: {self.errors}\n{self.page.inner_text('body')[:2000]}"

    def open(self, place=""):
        """Opens the page at a place such as #/orders; a change of the place alone reloads nothing."""
        self.page.goto(f"{self.settings['url']}/inspect/{place}")

    def sign_in(self, scope):
        """Signs in with the token of a scope where the page asks for one."""
        self.page.get_by_label("Token").fill(self.settings["tokens"][scope])
        self.page.get_by_role("main").or_(self.page.get_by_role("dialog")).get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_label("Token")).to_have_count(0)

    def open_signed_in(self, scope, place=""):
        self.open(place)
        self.sign_in(scope)

    @contextmanager
    def answering(self, pattern, change):
        """While it lasts, what the API answers is changed on its way to the page."""
        is_over = False

        def answer(route):
            if is_over:
                return route.fallback()
            answer = route.fetch()
            route.fulfill(response=answer, json=change(answer.json()))

        # It is never taken away: those that are under way would be answered twice.
        self.page.route(pattern, answer)
        yield
        is_over = True

    def rows(self, text=None):
        """The rows of the list; those with a text."""
        rows = self.page.locator(".rows > .row")
        return rows.filter(has_text=text) if text else rows

    def length(self):
        """How many things the list has, seen or not."""
        return self.page.evaluate("""() => {
            const row = document.querySelector(".rows > .row");
            return Math.round(row.parentElement.getBoundingClientRect().height / row.getBoundingClientRect().height);
        }""")

    def heading(self, text):
        """The heading of what is open."""
        return self.page.get_by_role("heading", level=1, name=re.compile(re.escape(text)))

    def dialog(self):
        return self.page.get_by_role("dialog")

    def elements(self):
        """How many elements the page has."""
        return self.page.evaluate("document.querySelectorAll('*').length")
