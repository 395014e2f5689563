"""How soon an edit is seen: `python -m bench.reload [TIMES]`, on the real pages in a real browser.

`mkdocs serve` runs in a copy of the repository and a browser has a page open. The seconds from
saving the page's source to reading the new words in the browser are shown, for each language.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from conftest import copy_repository
from e2e.browser import FLAGS, system_browser
from e2e.test_serve import serving
from playwright.sync_api import Page, sync_playwright

PAGES = {
    "en": "docs/en/roles/marketing.md",
    "zh": "docs/zh/roles/marketing.md",
    "zh-Hans": "docs/zh/roles/marketing.md",
}


def seconds(page: Page, source: Path, times: int) -> list[float]:
    """From saving to seeing, edit after edit."""
    good, found = source.read_text(encoding="utf-8"), []
    for each in range(times):
        page.wait_for_timeout(700 + 137 * each)  # not in step with the half second of the watcher
        began = time.perf_counter()
        source.write_text(f"{good}\nBENCH{each}\n", encoding="utf-8")
        page.get_by_text(f"BENCH{each}").first.wait_for()
        found.append(time.perf_counter() - began)
    source.write_text(good, encoding="utf-8")
    return found


def main(times: int) -> None:
    """Print a table of the languages."""
    print("| language | median | slowest |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        root = copy_repository(Path(name) / "repository")
        browser = playwright.chromium.launch(executable_path=system_browser(), args=[*FLAGS])
        page = browser.new_page()
        with serving(root) as preview:
            for language, source in PAGES.items():
                folder = "" if language == "zh" else f"{language}/"
                page.goto(f"{preview.address}{folder}roles/marketing/")
                found = seconds(page, root / source, times)
                print(f"| {language} | {statistics.median(found):.1f} | {max(found):.1f} |")


if __name__ == "__main__":
    main(int(next(iter(sys.argv[1:]), 9)))
