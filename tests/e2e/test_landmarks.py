"""How a page is found through without seeing it: from its files, and as a browser tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOTS, of_language, unlike
from e2e.built import Built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Page

REACHED = (
    "self::a[@href] or self::button or self::select or self::textarea or self::summary"
    " or self::input[@type != 'checkbox'] or @tabindex >= 0"
)
LANDMARK = re.compile(
    r"^\s*- (banner|navigation|search|main|complementary|contentinfo|region)\b"
    r"(?: \"(.*?)\")?(?=:|$)"
)
HEADING = re.compile(r"^\s*- '?heading \"(.*)\" \[level=")
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 720}}
# Headings as assistive technology names them, beside the words that are seen in them.
NAMED = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((heading) => heading.checkVisibility()).length"""


@pytest.fixture(scope="module")
def plain(site: Path) -> Built:
    return Built(site, "http://plain.example/")


def kinds(pages: list[str], site: Path, tag: str = "zh-Hant") -> list[str]:
    """The shortest and the longest page of each kind, and those that prints lead to."""
    return [*unlike(of_language(pages, tag), site), f"{ROOTS[tag]}e/2026.11/"]


def whole_pages(plain: Built) -> Iterator[tuple[str, HtmlElement]]:
    """All pages but those that only lead on."""
    for name, page in plain.pages.items():
        if not page.xpath("//meta[@http-equiv='refresh']"):
            yield name, page


def test_the_first_stop_leads_past_the_navigation_to_the_title(plain: Built) -> None:
    for name, page in whole_pages(plain):
        first = page.xpath(f"(//body//*[{REACHED}])[1]")[0]
        assert (first.tag, first.get("href")) == ("a", "#hb-main"), name
        (main,) = page.xpath("//main")
        assert (main.get("id"), main.get("tabindex")) == ("hb-main", "-1"), name
        assert len(main.xpath(".//h1")) == 1, name
        before = main.xpath(f".//h1/preceding::*[ancestor::main][{REACHED}]")
        assert len(before) <= 2, f"{name}: {len(before)} stops before the title"


def test_no_navigation_is_within_the_text(plain: Built) -> None:
    assert [name for name, page in whole_pages(plain) if page.xpath("//main//nav")] == []


def test_headings_hold_no_sign_and_at_most_one_stop(plain: Built) -> None:
    wrong = []
    for name, page in whole_pages(plain):
        for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]"):
            stops = heading.xpath(f".//*[{REACHED}]")
            if "¶" in heading.text_content() or len(stops) > 1:
                wrong.append(f"{name}: {heading.text_content().strip()}")
    assert not wrong, "\n".join(wrong[:20])


def test_the_navigation_says_which_page_this_is(plain: Built) -> None:
    for name, page in whole_pages(plain):
        for link in page.xpath("//nav//a[@href and not(contains(@class, 'md-logo'))]"):
            leads = Built.file(plain, _target(plain, name, link))
            own = leads == name and "#" not in link.get("href")
            assert (link.get("aria-current") == "page") is own, (name, link.get("href"))


def _target(plain: Built, page: str, link: HtmlElement) -> str:
    return next(each.target for each in plain.links(page, "//nav") if each.element is link)


def test_what_changes_is_said(plain: Built) -> None:
    """Each place that scripts write to is one that is read out."""
    for name, page in whole_pages(plain):
        if page.xpath("//*[@id='hb-on-demand']"):
            assert page.xpath("//*[contains(@class, 'md-search-result__meta')]/@role") == ["status"]
            assert page.xpath("//*[@data-md-component='dialog']/@role") == ["status"], name
        for form in page.xpath("//main//form"):
            assert form.xpath("./*//@role | ./*/@role") == ["status"], name


@pytest.mark.parametrize(
    ("tag", "size"),
    [("zh-Hant", "desk"), ("zh-Hans", "phone"), ("en", "desk"), ("en", "phone")],
)
def test_landmarks_have_names_of_their_own_and_headings_what_is_read_in_them(
    new_page: Callable[..., Page], server: str, site: Path, pages: list[str], tag: str, size: str
) -> None:
    page = new_page(viewport=SIZES[size])
    for address in kinds(pages, site, tag):
        page.goto(server + address)
        told = page.locator("body").aria_snapshot().splitlines()
        found = [match.groups() for line in told if (match := LANDMARK.match(line))]
        names = [each for each in found if each[0] not in {"banner", "main", "contentinfo"}]
        assert len({*names}) == len(names), (address, names)
        assert all(name for _, name in names), (address, names)
        assert [kind for kind, _ in found].count("main") == 1, address
        headings = [match[1] for line in told if (match := HEADING.match(line))]
        assert len(headings) == page.evaluate(NAMED), address
        assert not [heading for heading in headings if "¶" in heading], address
