"""Makes the pictures of this folder and of the README from the sample articles: python docs/screenshots.py

Needs Chromium and the development dependencies. Scans `corpus/` anew, lets two people decide, and looks.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WIDTH, HEIGHT, WHOLE = 1160, 680, 1030
ADA, MORE, BO = "112", "1241114", "112214111"  # the keys that the two press


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        report = Path(folder)
        contradict("scan", "corpus", "-o", str(report), "--quiet")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-lcd-text"]
        )
        with review(report, "Bo") as address:
            decide(opened(browser, address), BO)
        with review(report, "Ada") as address:
            page = opened(browser, address)
            decide(page, ADA)
            page.screenshot(path=HERE / "queue.png")
            decide(page, MORE)
            page.set_viewport_size({"width": WIDTH, "height": WHOLE})
            show(page, "deaths")
            page.click("#sheet .fold summary")
            page.locator("#main").screenshot(path=HERE / "finding.png")
            page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            page.goto(f"{address}agreement")
            page.screenshot(path=HERE / "agreement.png")
        page = opened(browser, (report / "report.html").as_uri(), dark=True)
        page.click("#drawer summary")
        page.screenshot(path=HERE / "report.png")
        browser.close()


def contradict(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "contradict", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def review(report: Path, reviewer: str) -> Iterator[str]:
    """The application at work, and its address."""
    command = [sys.executable, "-m", "contradict", "review", str(report), "--no-browser", "--reviewer", reviewer]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r"http://\S+/", process.stderr.readline())
        assert found is not None, "the review application did not start"
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def opened(browser: Browser, address: str, *, dark: bool = False) -> Page:
    scheme = "dark" if dark else "light"
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme).new_page()
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return page


def decide(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function("() => (sessionStorage.getItem('contradict/waiting') || '[]') === '[]'")


def show(page: Page, words: str) -> None:
    """The first finding with these words, and nothing else in the list."""
    page.fill("#q", words)
    page.wait_for_function("() => document.getElementById('shown').textContent.includes(' of ')")
    page.keyboard.press("Escape")


if __name__ == "__main__":
    main()
