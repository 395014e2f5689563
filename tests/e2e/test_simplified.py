"""The Simplified site: nothing Traditional is left on it, and it is offered, never forced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOT, url
from e2e.built import Built
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

# Text is read as written inside these, or is for readers of another language.
LEFT_ALONE = "ancestor::code or ancestor::pre or ancestor::*[@lang][1][@lang != 'zh-Hans']"
OFFER = ".hb-offer:visible"


def is_traditional(char: str) -> bool:
    """Whether only Traditional Chinese has the character, by the character sets, not by OpenCC."""
    return "\u4e00" <= char <= "\u9fff" and not char.encode("gb2312", "ignore")


def test_nothing_traditional_is_left_on_a_simplified_page(site: Path) -> None:
    built = Built(site, "http://plain.example/")
    pages = {page: tree for page, tree in built.pages.items() if page.startswith("zh-Hans/")}
    assert len(pages) > len(list((ROOT / "docs" / "zh").rglob("*.md")))
    left = {}
    for page, tree in pages.items():
        text = tree.xpath(f"//text()[not({LEFT_ALONE})] | //@title | //@alt | //@content")
        said = "//@aria-label | //@*[starts-with(name(), 'data-')]"  # the latter by scripts
        names = tree.xpath(f"({said})[not(ancestor::*[@lang][1][@lang != 'zh-Hans'])]")
        found = {char for part in [*text, *names] for char in str(part) if is_traditional(char)}
        if found:
            left[page] = found
    assert left == {}


@pytest.mark.parametrize(
    ("browser_language", "page_language", "offered"),
    [
        ("en-GB", "zh", "en"),
        ("zh-CN", "zh", "zh-Hans"),
        ("zh-CN", "en", "zh-Hans"),
        ("zh-HK", "zh-Hans", "zh-Hant"),
        ("zh-TW", "zh", None),
        ("en-US", "en", None),
        ("fr-FR", "zh", None),
    ],
)
def test_a_first_visitor_is_offered_the_language_of_the_browser(
    new_page: Callable[..., Page],
    server: str,
    browser_language: str,
    page_language: str,
    offered: str | None,
) -> None:
    page = new_page(locale=browser_language)
    page.goto(server + url("roles/marketing", page_language))
    page.wait_for_load_state()
    if offered is None:
        expect(page.locator(OFFER)).to_have_count(0)
    else:
        expect(page.locator(OFFER)).to_have_attribute("lang", offered)
    expect(page).to_have_url(server + url("roles/marketing", page_language))


def test_the_offer_keeps_the_place_and_the_choice_is_remembered(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(locale="zh-CN")
    page.goto(f"{server}{url('roles/marketing', 'zh')}#duty-3-4")
    page.locator(OFFER).get_by_role("link").click()
    expect(page).to_have_url(f"{server}{url('roles/marketing', 'zh-Hans')}#duty-3-4")
    expect(page.locator(OFFER)).to_have_count(0)
    page.locator("header a[hreflang=en]").click()
    expect(page.locator(OFFER)).to_have_count(0)
    page.goto(server + url("roles/marketing", "zh"))
    expect(page.locator(OFFER)).to_have_attribute("lang", "en")


def test_a_declined_offer_does_not_come_again(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(locale="en-GB")
    page.goto(server)
    page.locator(OFFER).get_by_role("button").click()
    expect(page.locator(OFFER)).to_have_count(0)
    page.goto(server + url("overview", "zh"))
    page.wait_for_load_state()
    expect(page.locator(OFFER)).to_have_count(0)
