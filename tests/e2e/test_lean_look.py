"""Pages look as with the whole style sheets, and the same once the theme's script is there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

OWN = ("theme.css", "pages.css", "views.css", "search.css", "print.css")  # as in mkdocs.yml
SHEETS = ("main.*.min.css", "palette.*.min.css", *OWN)
WHOLE = """async (sheets) => {
  const links = sheets.map((href) =>
    Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  const loaded = links.map((link) => new Promise((resolve) => { link.onload = resolve; }));
  document.querySelector("style").replaceWith(...links);
  await Promise.all(loaded);
}"""
WITHOUT_CHIPS = """() => {
  const { sheet } = document.querySelector("style");
  for (let i = sheet.cssRules.length - 1; i >= 0; i--)
    if (sheet.cssRules[i].selectorText?.includes("hb-chips")) sheet.deleteRule(i);
}"""
SHADE = 4
ONE_OF_EACH_KIND = ("", "roles/", "en/roles/marketing/", "en/contributing/rules/", "404.html")


@pytest.fixture
def sheets(site: Path) -> list[str]:
    """The style sheets that the lean one was made from, in their order."""
    folder = site / "assets" / "stylesheets"
    return [path.relative_to(site).as_posix() for name in SHEETS for path in folder.glob(name)]


def closed(page: Page) -> None:
    """Leave the page as it is."""


def with_drawer(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 720})
    page.locator("header label[for=__drawer]").click()


def printed(page: Page) -> None:
    page.emulate_media(media="print")


def look(page: Page) -> bytes:
    return page.screenshot(caret="hide", animations="disabled")


def same(one: bytes, other: bytes) -> bool:
    """Whether two pictures are the same to the eye: smoothed edges may differ by a shade."""
    pictures = [Image.open(io.BytesIO(data)).convert("L") for data in (one, other)]
    _, lightest = ImageChops.difference(*pictures).getextrema()
    return isinstance(lightest, int | float) and lightest <= SHADE


def looks_the_same(page: Page, sheets: list[str]) -> bool:
    """Whether the whole sheets, once they are at work, draw what the lean one draws."""
    lean = look(page)
    page.evaluate(WHOLE, sheets)
    for _ in range(10):
        if same(look(page), lean):
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize(
    ("state", "addresses"),
    [
        (closed, ONE_OF_EACH_KIND),
        (printed, ONE_OF_EACH_KIND),
        (with_drawer, ONE_OF_EACH_KIND[2:3]),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_looks_as_with_the_whole_style_sheets(
    new_page: Callable[..., Page],
    server: str,
    sheets: list[str],
    state: Callable[[Page], None],
    addresses: tuple[str, ...],
    scheme: str,
) -> None:
    # Tall enough for most of a page.
    page = new_page(
        viewport={"width": 1280, "height": 2000}, color_scheme=scheme, reduced_motion="reduce"
    )
    different = []
    for address in addresses:
        page.emulate_media(media="screen")
        page.goto(server + address)
        state(page)
        if not looks_the_same(page, [server + sheet for sheet in sheets]):
            different.append(address)
    assert not different


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_flashes_when_the_theme_arrives(
    new_page: Callable[..., Page], server: str, scheme: str, width: int
) -> None:
    page = new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(server + ONE_OF_EACH_KIND[2])
    before = look(page)
    page.evaluate("() => dispatchEvent(new Event('wheel'))")
    page.wait_for_function("() => 'component$' in window")
    page.wait_for_timeout(100)
    assert same(look(page), before)


def test_a_rule_that_is_missing_would_be_seen(page: Page, server: str, sheets: list[str]) -> None:
    page.goto(server + ONE_OF_EACH_KIND[2])
    page.evaluate(WITHOUT_CHIPS)
    assert not looks_the_same(page, [server + sheet for sheet in sheets])
