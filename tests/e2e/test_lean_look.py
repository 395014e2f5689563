"""Pages look as with the whole style sheets, and the same once the theme's script is there.

The sheets are compared by what the browser computes for every element, not by pictures: a
difference names the element and the property.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

OWN = ("theme.css", "pages.css", "views.css", "search.css", "print.css")  # as in mkdocs.yml
SHEETS = ("main.*.min.css", "palette.*.min.css", *OWN)

# What is drawn depends on these and on where an element begins (automatic margins are computed as 0
# or as used, by turns); a browser takes minutes to compute the 400 that there are.
PROPERTIES = """
  align-items background-color background-image border-bottom-color border-bottom-style
  border-bottom-width border-left-color border-left-style border-left-width border-right-color
  border-right-style border-right-width border-top-color border-top-left-radius border-top-style
  border-top-width bottom box-shadow clip-path color content display fill flex-grow float
  font-family font-size font-style font-variant-numeric font-weight gap grid-template-columns height
  justify-content left letter-spacing line-height list-style-type margin-bottom margin-top
  mask-image max-width opacity order outline-style overflow-x overflow-y
  padding-bottom padding-left padding-right padding-top position right stroke text-align
  text-decoration-line text-transform top transform vertical-align visibility white-space width
  writing-mode z-index
"""
# Notes the computed style of every element and of what stands before and after it.
NOTE = """(PROPERTIES) => {
  const STYLED = "body, body :not([style])"; // a script placed the others
  const element = (node) => `${node.nodeName.toLowerCase()}.${node.className?.baseVal ??
    node.className}`.trim().replace(/ +/g, ".");
  const values = (style) => style.content === "none" ? "" :
    PROPERTIES.map((property) => `${property}: ${style.getPropertyValue(property)}`).join("\\n");
  document.getAnimations().forEach((animation) => animation.finish());
  window.look = () => [...document.querySelectorAll(STYLED)].flatMap((node) =>
    [null, "::before", "::after"].map((part) =>
      ({
        name: element(node) + (part ?? ""),
        style: `x: ${node.getBoundingClientRect().x}\\n` + values(getComputedStyle(node, part)),
      })));
  window.noted = window.look();
}"""
# Puts the whole style sheets in the place of the lean one, with never a moment without any.
WHOLE = """async (sheets) => {
  const lean = document.querySelector("style");
  const links = sheets.map((href) =>
    Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  const loaded = links.map((link) => new Promise((resolve, reject) => {
    Object.assign(link, { onload: resolve, onerror: reject });
  }));
  lean.after(...links);
  await Promise.all(loaded);
  lean.remove();
}"""
# What differs from what was noted, as "element property: noted, now".
DIFFERENCES = """() => {
  document.getAnimations().forEach((animation) => animation.finish());
  const properties = (text) => new Map(text.split("\\n").map((part) => {
    const [property, ...value] = part.split(": ");
    return [property, value.join(": ")];
  }));
  const now = window.look();
  if (now.length !== window.noted.length) return [`${window.noted.length}, ${now.length} elements`];
  return now.flatMap(({ name, style }, i) => {
    if (style === window.noted[i].style) return [];
    const before = properties(window.noted[i].style);
    return [...properties(style)].filter(([property, value]) => before.get(property) !== value)
      .map(([property, value]) => `${name} ${property}: ${before.get(property)}, ${value}`);
  }).slice(0, 10);
}"""
WITHOUT_CHIPS = """() => {
  const { sheet } = document.querySelector("style");
  for (let i = sheet.cssRules.length - 1; i >= 0; i--)
    if (sheet.cssRules[i].selectorText?.includes("hb-chips")) sheet.deleteRule(i);
}"""
SHADE = 4  # of 255
THEME = "() => 'component$' in window"
ROLE = "en/roles/marketing/"
ONE_OF_EACH_KIND = (
    "",
    "roles/",
    ROLE,
    "matrix/",
    "duties/",
    "who-handles-what/",
    "compare/marketing/supply-chain/",
    "collaboration/",
    "glossary/",
    "en/side-by-side/marketing/",
    "en/contributing/",
    "404.html",
)


@pytest.fixture
def sheets(site: Path, server: str) -> list[str]:
    """The addresses of the style sheets that the lean one was made from, in their order."""
    folder = site / "assets" / "stylesheets"
    paths = [path for name in SHEETS for path in folder.glob(name)]
    return [server + path.relative_to(site).as_posix() for path in paths]


def closed(page: Page) -> None:
    """Leave the page as it is."""


def with_drawer(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 720})
    page.locator("header label[for=__drawer]").click()
    page.wait_for_function(THEME)


def with_results(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("returns")  # at once: the first letters have other results
    expect(page.locator(".md-search-result__link").first).to_have_attribute(
        "href", re.compile(r"h=returns")
    )
    page.mouse.move(0, 0)


def printed(page: Page) -> None:
    page.emulate_media(media="print")


def differences(page: Page, sheets: list[str]) -> list[str]:
    """What the whole sheets draw otherwise than the lean one."""
    page.evaluate(NOTE, PROPERTIES.split())
    page.evaluate(WHOLE, sheets)
    return list(page.evaluate(DIFFERENCES))


@pytest.mark.parametrize(
    ("state", "addresses"),
    [
        (closed, ONE_OF_EACH_KIND),
        (printed, ONE_OF_EACH_KIND),
        (with_drawer, [ROLE]),
        (with_results, [ROLE]),
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
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    different = {}
    for address in addresses:
        page.emulate_media(media="screen")
        page.goto(server + address)
        state(page)
        if found := differences(page, sheets):
            different[address] = found
    assert not different


def picture(page: Page) -> Image.Image:
    data = page.screenshot(caret="hide", animations="disabled")
    return Image.open(io.BytesIO(data)).convert("L")


def settles_as(page: Page, before: Image.Image) -> bool:
    """Whether the page soon looks as before to the eye: smoothed edges may differ by a shade."""
    for _ in range(10):
        _, lightest = ImageChops.difference(picture(page), before).getextrema()
        if isinstance(lightest, int | float) and lightest <= SHADE:
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_look_stays_when_the_theme_arrives(
    new_page: Callable[..., Page], server: str, scheme: str, width: int
) -> None:
    # In pictures, since the theme moves what cannot be seen: the height of an empty box, say.
    page = new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(server + ROLE)
    before = picture(page)
    page.evaluate("() => dispatchEvent(new Event('wheel'))")
    page.wait_for_function(THEME)
    page.wait_for_timeout(100)
    assert settles_as(page, before)


def test_a_rule_that_is_missing_would_be_seen(page: Page, server: str, sheets: list[str]) -> None:
    page.goto(server + ROLE)
    page.evaluate(WITHOUT_CHIPS)
    assert differences(page, sheets)
