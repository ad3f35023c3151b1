#!/usr/bin/env python3
"""Uses the inspector page in a real browser, as a person would.

usage: drive.py SETTINGS SCENARIO...
SETTINGS is a JSON file: url and secret of a stack, a token of each scope. Every SCENARIO is a module of scenarios/ with a
function run(inspector, settings). Prints one JSON object: for each scenario what it measured, and its problem when the page
does not do what it should or the browser reports an error.
"""

import importlib
import json
import sys
import time
import traceback

from playwright.sync_api import expect, sync_playwright

from inspector import PATIENCE, Inspector

# Other suites load the machine at the same time.
expect.set_options(timeout=PATIENCE)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    results = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=settings["browser"], chromium_sandbox=False)
        for name in sys.argv[2:]:
            inspector = Inspector(browser, settings)
            scenario = importlib.import_module(f"scenarios.{name}")
            began = time.monotonic()
            results[name] = {"measured": None, "problem": None}
            try:
                results[name]["measured"] = scenario.run(inspector, settings)
                inspector.expect_no_errors()
            except Exception as problem:
                place = [f"{step.name}:{step.lineno}" for step in traceback.extract_tb(problem.__traceback__)
                         if "scenarios" in step.filename]
                results[name]["problem"] = f"{name} at {place}: {str(problem)[:2000]}\n{inspector.state()}"
            results[name]["seconds"] = round(time.monotonic() - began, 1)
            inspector.close()
        browser.close()
    print(json.dumps(results))


if __name__ == "__main__":
    main()
