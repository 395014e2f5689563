"""The real site in a real browser. Every page visited here is watched: see `problems`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from e2e.authored import LANGUAGE_TAGS, OTHER, ROLES, url
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

both_languages = pytest.mark.parametrize("language", LANGUAGE_TAGS)
TOGGLE_NAMES = {
    "zh": "切換至深色模式",
    "zh-Hans": "切换至深色模式",
    "en": "Switch to dark mode",
}


def switch(page: Page, language: str) -> Locator:
    return page.locator(f"header a[hreflang='{LANGUAGE_TAGS[language]}']")


def scheme(page: Page) -> tuple[str | None, str]:
    """The name of the colour scheme, and the colour that it paints the page with."""
    colour = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    return page.locator("body").get_attribute("data-md-color-scheme"), str(colour)


@pytest.mark.parametrize("key", ["index", *ROLES])
def test_the_language_switch_leads_to_the_same_page_and_back(
    page: Page, server: str, key: str
) -> None:
    page.goto(server + url(key, "zh"))
    for language in ("en", "zh", "zh-Hans", "en", "zh-Hans", "zh"):
        switch(page, language).click()
        expect(page).to_have_url(server + url(key, language))
        expect(page.locator("html")).to_have_attribute("lang", LANGUAGE_TAGS[language])


@both_languages
def test_the_language_switch_keeps_the_readers_place(
    page: Page, server: str, language: str
) -> None:
    page.goto(f"{server}{url('roles/marketing', language)}#duty-3-4")
    switch(page, OTHER[language]).click()
    expect(page).to_have_url(f"{server}{url('roles/marketing', OTHER[language])}#duty-3-4")
    expect(page.locator("#duty-3-4")).to_be_in_viewport()


@both_languages
def test_home_leads_to_a_role_in_one_click(page: Page, server: str, language: str) -> None:
    page.goto(server + url("index", language))
    links = {role: page.locator(f".md-content a[href$='{role}/']").first for role in ROLES}
    for link in links.values():
        expect(link).to_be_visible()
    links[ROLES[-1]].click()
    expect(page).to_have_url(server + url(ROLES[-1], language))


@both_languages
def test_light_and_dark_are_one_click_apart_and_remembered(
    page: Page, server: str, language: str
) -> None:
    page.goto(server + url("roles/marketing", language))
    light = scheme(page)
    toggle = page.locator(".hb-palette")
    expect(toggle).to_have_accessible_name(TOGGLE_NAMES[language])
    toggle.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    dark = scheme(page)
    assert light[0] == "default"
    assert light[1] != dark[1]

    switch(page, OTHER[language]).click()
    expect(page.locator("html")).to_have_attribute("lang", LANGUAGE_TAGS[OTHER[language]])
    assert scheme(page) == dark

    page.locator(".hb-palette").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    assert scheme(page) == light


def test_a_reader_whose_system_is_dark_starts_in_the_dark(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(color_scheme="dark")
    page.goto(server)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@both_languages
def test_the_published_site_asks_no_other_host(
    page: Page, published_server: str, language: str
) -> None:
    for key in ("index", "roles/index", "roles/marketing"):
        page.goto(published_server + url(key, language), wait_until="networkidle")
        switch(page, OTHER[language]).click()
        expect(page).to_have_url(published_server + url(key, OTHER[language]))


@both_languages
def test_search_takes_a_reader_to_a_role(page: Page, server: str, language: str) -> None:
    page.goto(server + url("index", language))
    page.get_by_role("textbox").click()
    page.get_by_role("textbox").press_sequentially("ROI")
    page.locator(".md-search-result__link[href*='roles/marketing/']").first.click()
    expect(page).to_have_url(re.compile("/roles/marketing/"))
