"""For everyone: axe-core on every page, the keyboard, a narrow and a zoomed window, no scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from e2e.authored import ROOTS, of_language, unlike
from e2e.axe import violations
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

ROLE = "roles/marketing/"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 720}, "reduced_motion": "reduce"}

# What a person's fingers take between two keys: the theme notes the loss of focus a moment later.
SETTLED = 300

every_language = pytest.mark.parametrize("tag", ROOTS)

# The element in focus, if a sighted reader cannot see where it is: no outline on it or on what it
# stands for, and nothing else that only focus shows (search opens, the skip link appears).
UNSEEN = """() => {
  const element = document.activeElement;
  if (element === document.body || element.matches(".md-search__input, .md-skip")) return null;
  const shown = [element, element.nextElementSibling, element.closest("label, .hb-card")]
    .filter(Boolean)
    .flatMap((box) => [getComputedStyle(box), getComputedStyle(box, "::after")]);
  const outlined = shown.some(({ outlineStyle, outlineWidth }) =>
    outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
  return outlined ? null : element.outerHTML.slice(0, 120);
}"""
IN_ORDER = """() => {
  const element = document.activeElement;
  return `${element.tagName} ${element.id || element.getAttribute("href") || element.className}`;
}"""
WITHOUT_SCRIPTS = """() => ({
  heading: document.querySelector("h1").checkVisibility(),
  ground: getComputedStyle(document.body).backgroundColor,
  needsScripts: [...document.querySelectorAll(".md-search__input, .hb-palette, .hb-offer")]
    .filter((part) => part.checkVisibility()).length,
})"""
WIDTHS = (320, 360, 640, 768, 1440)  # 640 is a window of 1280 at 200 %
# What sticks out of the window, except in a box that scrolls or clips it (a wide table, a drawer).
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const boxed = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible") return true;
    return false;
  };
  return [...document.body.querySelectorAll("header *, .md-content *, footer *")]
    .filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 1 && (right > width + 1 || left < -1) && !boxed(element);
    })
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
    .concat(document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : []);
}"""


@pytest.mark.parametrize(
    ("tag", "scheme"),
    [("zh-Hant", "light"), ("zh-Hans", "dark"), ("en", "light"), ("en", "dark")],
)
def test_axe_finds_nothing_on_any_page(
    new_page: Callable[..., Page],
    server: str,
    site: Path,
    pages: list[str],
    tag: str,
    scheme: str,
) -> None:
    # A wide window in one scheme, a narrow one in the other: each page is seen in both, a Chinese
    # one in one script each.
    page = new_page(color_scheme=scheme, **(DESK if scheme == "light" else PHONE))
    found = []
    for address in unlike(of_language(pages, tag), site):
        page.goto(server + address)
        found += [f"{address}: {violation}" for violation in violations(page)]
    assert not found, "\n".join(found)


@every_language
def test_axe_finds_nothing_in_what_opens(
    new_page: Callable[..., Page], server: str, tag: str
) -> None:
    for options in (DESK, PHONE):
        page = new_page(**options)
        page.goto(server + ROOTS[tag] + ROLE)
        if options is PHONE:
            page.locator("header .hb-menu").click()
            assert violations(page) == []
            page.keyboard.press("Escape")
            page.locator(".hb-here button").click()
            assert violations(page) == []
            page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        page.keyboard.type("ROI")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert violations(page) == []


@every_language
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    page: Page, server: str, tag: str
) -> None:
    page.goto(server + ROOTS[tag] + ROLE)
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_have_css("opacity", "1")
    seen, unseen = [], []
    for _ in range(150):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(IN_ORDER))
        if seen[-1].startswith("BODY"):
            break
        if hidden := page.evaluate(UNSEEN):
            unseen.append(hidden)
    assert not unseen, "\n".join(unseen)
    assert seen[-1].startswith("BODY"), "the keyboard is caught"
    assert "A #duty-3-4" in seen
    assert "A #ability-data-analysis" in seen


@every_language
def test_search_by_keyboard_alone(page: Page, server: str, tag: str) -> None:
    page.goto(server + ROOTS[tag])
    page.keyboard.press("Control+k")
    page.keyboard.type("ROI")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    page.wait_for_timeout(SETTLED)
    page.keyboard.press("Control+k")
    # At once: a list that replaces the results of the first letters would take the focus away.
    page.keyboard.insert_text("ROI")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.wait_for_timeout(SETTLED)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(server + ROOTS[tag])


@every_language
def test_every_page_loads_without_a_problem_and_fits_every_width(
    page: Page, server: str, site: Path, pages: list[str], tag: str
) -> None:
    found = []
    for address in unlike(of_language(pages, tag), site):
        page.goto(server + address)
        expect(page.locator("html")).to_have_attribute("lang", tag)
        expect(page.locator("h1").first).to_be_visible()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 720})
            found += [f"{address} at {width}: {what}" for what in page.evaluate(STICKING_OUT)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("scheme", "ground", "tags"),
    [
        ("light", "rgb(255, 255, 255)", ("zh-Hant", "en")),
        ("dark", "rgb(23, 25, 29)", ("zh-Hans",)),
    ],
)
def test_every_page_can_be_read_without_scripts(
    new_page: Callable[..., Page],
    server: str,
    site: Path,
    pages: list[str],
    scheme: str,
    ground: str,
    tags: tuple[str, ...],
) -> None:
    page = new_page(java_script_enabled=False, color_scheme=scheme)
    for address in (each for tag in tags for each in unlike(of_language(pages, tag), site)):
        page.goto(server + address)
        seen = page.evaluate(WITHOUT_SCRIPTS)
        # What would need a script is not offered.
        assert seen == {"heading": True, "ground": ground, "needsScripts": 0}, address


def test_the_parts_of_a_page_show_in_forced_colours(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(forced_colors="active", **DESK)
    page.goto(server + ROLE)
    for part in (".md-header", ".hb-summary", ".hb-languages__link", ".hb-chips a"):
        expect(page.locator(part).first).not_to_have_css("border-bottom-width", "0px")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(UNSEEN) is None


def test_nothing_moves_for_who_wants_no_motion(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(**DESK)
    page.goto(server + ROLE)
    page.keyboard.press("Control+k")
    moving = "() => document.getAnimations().filter((a) => a.playState === 'running').length"
    assert page.evaluate(moving) == 0
