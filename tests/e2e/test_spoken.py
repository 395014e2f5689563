"""What a screen reader is told of four pages, kept as text for each language: read it aloud.

`--update-cases` writes what is told now; read the diff as a listener would.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOTS
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

TREES = Path(__file__).with_name("spoken")
PAGES = {
    "role": ("roles/after-sales/", "body"),
    "topic": ("who-handles-what/returns/", "main"),
    "matrix": ("matrix/", "main"),
    "search": ("", "header"),
}
ASKED = {"zh-Hant": "退貨", "zh-Hans": "退货", "en": "returns"}
# Where links lead is tested elsewhere; the day of the last change and how large a print is (which
# holds that day) are those of the build.
UNSPOKEN = re.compile(r"^\s*- /url: .*\n|(?<= - time:) .*|(?<=PDF )\d+(?= KB)", re.MULTILINE)


@pytest.mark.parametrize("tag", ROOTS)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_told(
    page: Page, server: str, tag: str, name: str, request: pytest.FixtureRequest
) -> None:
    address, part = PAGES[name]
    page.goto(server + ROOTS[tag] + address)
    if name == "search":
        page.keyboard.press("Control+k")
        page.keyboard.insert_text(ASKED[tag])
        expect(page.locator(".md-search-result__link").first).to_be_visible()
    told = UNSPOKEN.sub("", page.locator(part).aria_snapshot() + "\n")
    kept = TREES / f"{name}.{tag}.yml"
    if request.config.getoption("--update-cases"):
        kept.write_text(told, encoding="utf-8")
    assert told == kept.read_text(encoding="utf-8"), (
        f"read {kept.name} anew with `tests/e2e/test_spoken.py -k {name} --update-cases`: "
        "a new label, view or page of the navigation is told there"
    )
