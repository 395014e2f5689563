"""By keyboard: every stop is something, what is pressed answers, single letters do nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOTS, of_language, unlike
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

ROLE = "roles/marketing/"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 720}
# What is wrong with an element that the keyboard stops at: it has no size or no name, or while
# in focus lies out of sight or beneath another.
WRONG = """(element) => {
  const { top, left, width, height } = element.getBoundingClientRect();
  const about = element.outerHTML.slice(0, 140);
  if (width < 2 || height < 2) return `${width} x ${height}: ${about}`;
  const name = element.getAttribute("aria-label") || element.title || element.placeholder
    || element.labels?.[0]?.innerText || element.textContent.trim();
  if (!name) return `no name: ${about}`;
  if (element !== document.activeElement) return "";
  if (top < -1 || left < -1 || left > innerWidth || top > innerHeight) return `outside: ${about}`;
  const seen = [...element.getClientRects()].some((box) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const there = document.elementFromPoint(x, y);
    return there && (element.contains(there) || there.contains(element) || there.closest("label"));
  });
  return seen ? "" : `covered: ${about}`;
}"""
STOPS = f"""() => [...document.querySelectorAll(
  "a[href], button, input, select, summary, [tabindex]")]
  .filter((each) => each.tabIndex >= 0 && each.checkVisibility({{ visibilityProperty: true }}))
  .filter((each) => !each.matches(".skip, .md-skip, .md-search *")) // shown while in focus
  .map({WRONG}).filter(Boolean)"""
FOCUSED = f"""() => {{
  const look = {WRONG};
  return document.activeElement === document.body ? "" : look(document.activeElement);
}}"""
OPENING = 400  # milliseconds in which search slides into sight once it is reached
BUSY = 10  # times as long, on a machine with other work
# Past the last stop there is the browser's own part, or, without one, the first stop again.
AT_END = """(n) => {
  const at = document.activeElement;
  if (n === 0) window.firstStop = at;
  return at === document.body || (n > 0 && at === window.firstStop);
}"""
every_language = pytest.mark.parametrize("tag", ROOTS)


def walk(page: Page, key: str) -> list[str]:
    """What is wrong at the stops of a page, from where the reader is to its end."""
    wrong: list[str] = []
    for n in range(300):
        page.keyboard.press(key)
        if page.evaluate(AT_END, n):
            assert n > 50, "there are more stops"
            return wrong
        for _ in range(BUSY):
            if not page.evaluate(FOCUSED):
                break
            page.wait_for_timeout(OPENING)
        wrong += filter(None, [page.evaluate(FOCUSED)])
    return [*wrong, "the keyboard is caught"]


@every_language
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_stop_is_something(
    new_page: Callable[..., Page],
    server: str,
    site: Path,
    pages: list[str],
    tag: str,
    size: dict[str, int],
) -> None:
    page = new_page(viewport=size, reduced_motion="reduce")
    found = []
    for address in unlike(of_language(pages, tag), site):
        page.goto(server + address)
        found += [f"{address}: {wrong}" for wrong in page.evaluate(STOPS)]
    assert not found, "\n".join(found[:40])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_stop_is_seen_down_and_up(
    new_page: Callable[..., Page], server: str, size: dict[str, int]
) -> None:
    page = new_page(viewport=size, reduced_motion="reduce")
    page.goto(f"{server}en/{ROLE}")
    assert walk(page, "Tab") == []
    assert walk(page, "Shift+Tab") == []


@every_language
@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_light_and_dark_by_key(page: Page, server: str, tag: str, key: str) -> None:
    page.goto(server + ROOTS[tag] + ROLE)
    button = page.locator("header .hb-palette")
    button.focus()
    body = page.locator("body")
    names = []
    for scheme in ("slate", "default", "slate"):
        names.append(button.inner_text())
        page.keyboard.press(key)
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
        expect(button).to_be_focused()
    assert names[0] == names[2] != names[1]
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


@every_language
def test_the_first_stop_leads_to_the_title(page: Page, server: str, tag: str) -> None:
    for address in ("", ROLE, "who-handles-what/returns/", "changes/", "404.html"):
        page.goto(server + ROOTS[tag] + address)
        page.keyboard.press("Tab")
        first = page.locator("body > a").first
        expect(first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        expect(page.locator("h1")).to_be_in_viewport()


def test_single_letters_do_nothing(page: Page, server: str) -> None:
    page.goto(server + ROLE)
    page.keyboard.press("Tab")
    page.wait_for_function("() => 'component$' in window")  # the theme, which has such keys
    state = "() => [location.href, scrollY, document.activeElement.className, document.title]"
    before = page.evaluate(state)
    for key in "abcdefghijklmnopqrstuvwxyz/.,?":
        page.keyboard.press(key)
        expect(page.locator("#__search")).not_to_be_checked()
    page.wait_for_timeout(300)
    assert page.evaluate(state) == before


@every_language
def test_a_term_is_a_link_that_says_what_it_means(page: Page, server: str, tag: str) -> None:
    page.goto(server + ROOTS[tag] + ROLE)
    term = page.locator("main a.hb-term").first
    expect(term).to_have_accessible_description(str(term.get_attribute("aria-description")))
    name = term.inner_text()
    term.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/glossary/measures-[a-z-]+/$"))
    expect(page.locator("h1")).to_contain_text(name, ignore_case=True)


def test_a_finger_opens_a_note_before_it_follows_the_link(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{server}en/{ROLE}")
    term = page.locator("main a.hb-term").nth(1)
    term.tap()
    expect(term).to_be_focused()
    note = "(term) => getComputedStyle(term, '::after').content"
    assert str(term.get_attribute("aria-description")) in term.evaluate(note)
    expect(page).to_have_url(f"{server}en/{ROLE}")
    term.tap()
    expect(page).not_to_have_url(f"{server}en/{ROLE}")


@every_language
def test_what_search_finds_and_filters_leave_is_said(page: Page, server: str, tag: str) -> None:
    page.goto(server + ROOTS[tag] + "who-handles-what/")
    told = page.locator("main [role=status]")
    page.locator("main input").fill("vip")
    expect(told).not_to_be_empty()
    page.keyboard.press("Control+k")
    page.keyboard.type("ROI")
    found = page.locator("header [role=status]")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert any(char.isdigit() for char in found.inner_text())
