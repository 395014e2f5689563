"""For eyes that need more: large letters, few colours, nothing that lies over the text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOTS, of_language, unlike
from e2e.test_accessibility import STICKING_OUT
from PIL import Image
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

ROLE = "roles/marketing/"
PHONE = {"width": 360, "height": 720}
LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}  # twice what browsers begin with
# What a phone's header holds that is not wholly within the window.
CUT_OFF = """() => [...document.querySelectorAll("header :is(a, button, label)")]
  .filter((each) => each.checkVisibility() && !each.closest(".md-search"))
  .filter((each) => {
    const { left, right } = each.getBoundingClientRect();
    return left < 0 || right > innerWidth;
  })
  .map((each) => each.outerHTML.slice(0, 80))"""
# What floats over the page while nothing is asked for; the header is what sticks to its edge.
FLOATING = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const { position, pointerEvents } = getComputedStyle(each);
  const { width, height } = each.getBoundingClientRect();
  return position === "fixed" && width > 1 && height > 1 && pointerEvents !== "none"
    && each.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}).map((each) => each.className)"""
ONE_LINE = """(offer) => {
  const { position } = getComputedStyle(offer);
  const { height, bottom } = offer.getBoundingClientRect();
  const line = Math.max(...[...offer.children].map((each) => each.getClientRects()[0].height));
  const heads = document.querySelector("main").getBoundingClientRect().top;
  return { position, lines: Math.floor(height / line), above: bottom <= heads };
}"""
every_language = pytest.mark.parametrize("tag", ROOTS)


def colours(part: Locator) -> int:
    """How many colours a part of the page is drawn in, alike ones as one."""
    picture = Image.open(io.BytesIO(part.screenshot())).convert("RGB")
    drawn = picture.quantize(8).getcolors() or []
    return sum(count > picture.width * picture.height / 100 for count, _ in drawn)


@every_language
def test_letters_twice_as_large_fit_a_phone(
    new_page: Callable[..., Page], server: str, site: Path, pages: list[str], tag: str
) -> None:
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    page.context.new_cdp_session(page).send("Page.setFontSizes", LARGE)
    found = []
    for address in unlike(of_language(pages, tag), site):
        page.goto(server + address)
        found += [f"{address}: {what}" for what in page.evaluate(STICKING_OUT)]
        found += [f"{address}: {what}" for what in page.evaluate(CUT_OFF)]
    assert not found, "\n".join(found)
    page.goto(server + ROOTS[tag] + ROLE)
    size = "() => getComputedStyle(document.documentElement).fontSize"
    assert page.evaluate(size) == "40px", "the letters are no larger"
    page.locator("header .md-header__button[for=__search]").click()
    page.keyboard.type("ROI")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_the_logo_and_the_search_box(
    new_page: Callable[..., Page], server: str, scheme: str
) -> None:
    page = new_page(
        viewport={"width": 1280, "height": 900}, forced_colors="active", color_scheme=scheme
    )
    page.goto(server + ROLE)
    assert colours(page.locator("header .md-logo svg")) >= 2
    for part in (".md-search__form", ".hb-languages__link"):
        box = page.locator(part).first
        expect(box).to_have_css("border-top-style", "solid")
        expect(box).not_to_have_css("border-top-width", "0px")


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize(
    ("browser_language", "tag"), [("en-GB", "zh-Hant"), ("zh-CN", "en"), ("zh-HK", "zh-Hans")]
)
def test_the_offer_is_one_line_above_the_text(
    new_page: Callable[..., Page], server: str, width: int, browser_language: str, tag: str
) -> None:
    page = new_page(viewport={"width": width, "height": 720}, locale=browser_language)
    page.goto(server + ROOTS[tag] + ROLE)
    offer = page.locator(".hb-offer:visible")
    expected = {"position": "static", "lines": 1, "above": True}
    assert offer.evaluate(ONE_LINE) == expected


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_floats_over_the_text(
    new_page: Callable[..., Page], server: str, site: Path, pages: list[str], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 720}, locale="fr-FR")
    found = []
    for address in unlike(of_language(pages, "en"), site):
        page.goto(server + address)
        page.mouse.wheel(0, 900)
        if page.locator("#hb-on-demand").count():
            page.wait_for_function("() => 'component$' in window")
        page.mouse.wheel(0, -200)  # upwards, where a theme would offer the way to the top
        page.wait_for_timeout(50)
        found += [f"{address}: {what}" for what in page.evaluate(FLOATING)]
    assert not found, "\n".join(found)
