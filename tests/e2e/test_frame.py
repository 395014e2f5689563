"""What stands around a page: contents, its parts, what is above, before and after it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from e2e.authored import (
    COMPARISONS,
    DERIVED,
    IN_BOTH,
    LANGUAGE_TAGS,
    LANGUAGES,
    PAGES,
    PRINTS,
    ROLES,
    ROOT,
    TERMS,
    TOPICS,
    file,
    url,
)
from e2e.built import Built, text_of
from playwright.sync_api import expect

from handbook.pages.loader import load
from handbook.pages.schema import GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

PHONE = {"width": 360, "height": 720}
ROLE = "roles/marketing"
SHORT = 6  # screens of a phone
HOME = {"zh": "首頁", "zh-Hans": "首页", "en": "Home"}
HERE = {"zh": "本頁", "zh-Hans": "本页", "en": "On this page"}
AROUND = {
    "zh": ("上一個崗位", "下一個崗位", "上一頁", "下一頁"),
    "zh-Hans": ("上一个岗位", "下一个岗位", "上一页", "下一页"),
    "en": ("Previous role", "Next role", "Previous", "Next"),
}
CONTENTS = "//nav[@id='hb-nav']"
ABOVE = "//nav[contains(@class, 'above')]"
# What a link or its label hides of its words.
CUT = """(links) => links.filter((link) =>
  [link, ...link.querySelectorAll("*")].some(({ scrollWidth, clientWidth }) =>
    clientWidth && scrollWidth > clientWidth)).map((link) => link.textContent)"""

every_language = pytest.mark.parametrize("language", LANGUAGE_TAGS)


@pytest.fixture(scope="module")
def plain(site: Path) -> Built:
    return Built(site, "http://plain.example/")


# ---- The contents of the handbook ------------------------------------------------------------


@every_language
def test_what_editors_need_is_one_line_until_they_read_it(plain: Built, language: str) -> None:
    of_editors = {file(key, language) for key in PAGES if key.startswith("contributing/")}
    index = file("contributing/index", language)
    for key in PAGES:
        led = {plain.file(each.target) for each in plain.links(file(key, language), CONTENTS)}
        wanted = of_editors if key.startswith("contributing/") else {index}
        assert led & of_editors == wanted, key


@every_language
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_drawer_shows_all_at_once_with_every_label_whole(
    new_page: Callable[..., Page], server: str, language: str, *, scripts: bool
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=scripts)
    page.goto(server + url(ROLE, language))
    drawer = page.locator("#hb-nav")
    expect(drawer).to_be_hidden()
    page.locator("header .hb-menu").click()
    expect(drawer.locator("a").first).to_be_in_viewport()
    expect(drawer.locator("a").first).to_have_text(HOME[language])
    for link in drawer.locator("a").all():
        expect(link).to_be_visible()
    assert drawer.locator("a").evaluate_all(CUT) == []
    expect(drawer.locator("[aria-current=page]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator("header .hb-menu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(drawer.locator("button")).to_be_focused()
    drawer.locator("li li a").nth(2).click()
    expect(page).to_have_url(re.compile("/roles/customer-relations/$"))


def test_where_one_is_can_be_seen_without_colour(
    new_page: Callable[..., Page], server: str
) -> None:
    for colours in ("none", "active"):
        page = new_page(viewport={"width": 1440, "height": 900}, forced_colors=colours)
        page.goto(server + url(ROLE, "en"))
        here, other = page.locator("#hb-nav [aria-current]"), page.locator("#hb-nav li li a").first
        styles = [
            each.evaluate(
                "(link) => { const { fontWeight, borderInlineStartColor, color } ="
                " getComputedStyle(link); return [fontWeight, borderInlineStartColor, color]; }"
            )
            for each in (here, other)
        ]
        for mine, its in zip(*styles, strict=True):
            assert mine != its or colours == "active"
        assert styles[0][:2] != styles[1][:2]


@every_language
def test_pages_outside_the_contents_mark_what_they_stand_below(plain: Built, language: str) -> None:
    for key in (*COMPARISONS, *TOPICS, *TERMS, *IN_BOTH):
        tree = plain.pages[file(key, language)]
        (mark,) = tree.xpath(f"{CONTENTS}//a[@aria-current]")
        parent = key.partition("/")[0]
        if key in IN_BOTH:
            parent = f"roles/{key.rpartition('/')[2]}"
        assert mark.get("aria-current") == "true", key
        assert text_of(mark) == plain.heading(file(parent, language)), key


# ---- What is above, before and after ------------------------------------------------------------


@every_language
def test_every_page_but_the_home_page_says_what_is_above_it(plain: Built, language: str) -> None:
    for key in (*PAGES, *DERIVED):
        page = file(key, language)
        links = [*plain.links(page, ABOVE)]
        if key == "index":
            assert links == []
            continue
        assert plain.file(links[0].target) == file("index", language), key
        assert text_of(links[0].element) == HOME[language]
        for link in links[1:]:
            above = plain.file(link.target)
            assert above, key
            title = text_of(link.element)
            assert title == plain.heading(above) or above.startswith(f"{LANGUAGES[language]}e/"), (
                key
            )
        assert page not in {plain.file(link.target) for link in links}


@every_language
@pytest.mark.parametrize(
    "series", [TOPICS, COMPARISONS, IN_BOTH, TERMS], ids=["topics", "pairs", "sides", "terms"]
)
def test_pages_that_no_one_writes_are_read_one_after_the_other(
    plain: Built, language: str, series: list[str]
) -> None:
    places = [file(key, language) for key in series]
    for before, after in pairwise(places):
        *_, follows = plain.links(before, "//nav[contains(@class, 'hb-order')]")
        precedes, *_ = plain.links(after, "//nav[contains(@class, 'hb-order')]")
        assert (plain.file(follows.target), plain.file(precedes.target)) == (after, before)
        assert text_of(follows.element) == f"{AROUND[language][3]} {plain.heading(after)}"
        assert text_of(precedes.element) == f"{AROUND[language][2]} {plain.heading(before)}"


@every_language
def test_the_prints_of_an_edition_lead_to_one_another(plain: Built, language: str) -> None:
    of_roles = [key for key in PRINTS if key.count("/") == 2]
    assert len(of_roles) > 1
    for key in of_roles:
        links = {plain.file(each.target) for each in plain.links(file(key, language), "//footer")}
        others = links & {file(each, language) for each in of_roles}
        assert 1 <= len(others) <= 2, key


@every_language
@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_before_and_after_are_named_in_full(
    new_page: Callable[..., Page], server: str, plain: Built, language: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(server + url("roles/supply-chain", language))
    links = page.locator(".hb-order a")
    expect(links).to_have_text(
        [
            f"{AROUND[language][0]} {plain.heading(file('roles/content-editing', language))}",
            f"{AROUND[language][1]} {plain.heading(file('roles/after-sales', language))}",
        ]
    )
    assert links.evaluate_all(CUT) == []


# ---- What is on this page ------------------------------------------------------------


def parts(page: Page) -> list[str]:
    """The anchors of the parts of the page, as the list gives them."""
    found: list[str] = page.locator("#hb-toc a").evaluate_all("(all) => all.map((a) => a.hash)")
    return found


@every_language
def test_the_list_has_every_part_of_the_page(page: Page, server: str, language: str) -> None:
    page.goto(server + url(ROLE, language))
    shown = page.locator("article :is(h2[id], h3[id^=duty])")
    assert parts(page) == shown.evaluate_all("(all) => all.map(({ id }) => `#${id}`)")
    expect(page.get_by_role("navigation", name=HERE[language], exact=True)).to_be_visible()


@every_language
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_part_that_is_read_is_marked(
    new_page: Callable[..., Page], server: str, language: str, scheme: str
) -> None:
    page = new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(server + url(ROLE, language))
    mark = page.locator("#hb-toc [aria-current]")
    expect(mark).to_have_count(0)
    for part in parts(page)[:5]:
        page.evaluate("(part) => { location.hash = part; }", part)
        expect(mark).to_have_attribute("href", part)
        expect(mark).to_have_attribute("aria-current", "location")
    colours = page.evaluate(
        """() => ["#hb-toc [aria-current]", "#hb-toc a:not([aria-current])"].map((link) => {
          const { color, backgroundColor } = getComputedStyle(document.querySelector(link));
          return [color, backgroundColor];
        })"""
    )
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]
    page.mouse.wheel(0, 100_000)
    expect(mark).to_have_attribute("href", parts(page)[-1])
    page.mouse.wheel(0, -100_000)
    expect(mark).to_have_count(0)


@pytest.mark.parametrize("how", ["bar", "key"])
def test_search_opens_in_the_middle_of_a_page(
    new_page: Callable[..., Page], server: str, how: str
) -> None:
    """There the theme arrives after the search is open: it must not close it again."""
    page = new_page(viewport=PHONE, has_touch=True)
    page.goto(f"{server}{ROLE}/#duty-3-2")
    if how == "bar":
        page.locator(".hb-here label").tap()
    else:
        page.keyboard.press("Control+k")
    expect(page.locator("#__search")).to_be_checked()
    page.wait_for_function("() => 'component$' in window")  # the theme is there
    page.wait_for_timeout(300)
    page.keyboard.type("returns")
    expect(page.locator(".md-search-result__link").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


@every_language
def test_on_a_phone_one_bar_says_what_is_read_and_opens_the_rest(
    new_page: Callable[..., Page], server: str, plain: Built, language: str
) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    page.goto(server + url(ROLE, language) + "#duty-3-2")
    bar = page.locator(".hb-here")
    title = text_of(plain.pages[file(ROLE, language)].xpath("//*[@id='duty-3-2']")[0]).rstrip("¶")
    expect(bar.locator("b")).to_have_text(title)
    expect(bar).to_be_in_viewport()
    expect(page.locator(".md-header")).not_to_be_in_viewport()
    sheet = page.locator("#hb-toc")
    expect(sheet).to_be_hidden()
    bar.locator("button").click()
    expect(sheet.locator("[aria-current=location]")).to_have_text(title)
    assert sheet.locator("a").evaluate_all(CUT) == []
    sheet.locator("a[href='#duty-3-4']").click()
    expect(sheet).to_be_hidden()
    heading = page.locator("#duty-3-4")
    expect(heading).to_be_in_viewport()
    place, above = heading.bounding_box(), bar.bounding_box()
    assert place
    assert above
    assert place["y"] >= above["y"] + above["height"]
    bar.locator("label").click()
    expect(page.locator(".md-search__input")).to_be_focused()


@every_language
def test_on_a_phone_the_list_needs_no_script(
    new_page: Callable[..., Page], server: str, language: str
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(server + url(ROLE, language))
    page.locator(".hb-here button").click()
    page.locator("#hb-toc a[href='#duty-3-4']").click()
    expect(page.locator("#duty-3-4")).to_be_in_viewport()


def test_the_address_follows_the_reader_but_not_before_they_move(page: Page, server: str) -> None:
    address = server + url(ROLE, "en")
    page.goto(f"{address}#ability-data-analysis")
    expect(page.locator("#hb-toc [aria-current]")).to_have_attribute("href", "#abilities")
    page.wait_for_timeout(600)  # what should not happen takes a while not to
    expect(page).to_have_url(f"{address}#ability-data-analysis")
    page.mouse.wheel(0, -100_000)
    expect(page).to_have_url(address)
    page.evaluate("() => document.querySelector('#duty-3-3').scrollIntoView()")
    expect(page).to_have_url(f"{address}#duty-3-3")
    page.locator(".hb-languages a").first.click()
    expect(page).to_have_url(re.compile(r"/roles/marketing/#duty-3-3$"))


# ---- The glossary ------------------------------------------------------------


@every_language
def test_every_old_anchor_of_a_term_leads_to_its_page(plain: Built, language: str) -> None:
    vocabulary = load(ROOT).vocabulary
    for page, before in (("glossary", ""), ("abilities", "ability-")):
        tree = plain.pages[file(page, language)]
        links = {each.element: each for each in plain.links(file(page, language), "//main")}
        for group in GROUPS if page == "glossary" else ["abilities"]:
            for term in vocabulary.entries(group):
                anchor = f"{before}{term}" if before else f"{group}-{term}"
                (link,) = tree.xpath("//*[@id=$anchor]//a", anchor=anchor)
                target = (
                    f"glossary/{group}-{term}" if group != "topics" else f"who-handles-what/{term}"
                )
                assert plain.file(links[link].target) == file(target, language)


@every_language
def test_what_a_duty_names_leads_to_its_page(plain: Built, language: str) -> None:
    for key in ROLES:
        tree = plain.pages[file(key, language)]
        abilities = tree.xpath("//li[starts-with(@id, 'ability-')]/@id")
        for anchor in abilities:
            term = file(f"glossary/abilities-{anchor.removeprefix('ability-')}", language)
            back = {
                (plain.file(each.target), each.fragment) for each in plain.links(term, "//main")
            }
            assert (file(key, language), anchor) in back


@every_language
def test_lists_of_terms_and_their_pages_are_short(
    new_page: Callable[..., Page], server: str, language: str
) -> None:
    page = new_page(viewport=PHONE)
    tall = {}
    for key in ("glossary", "abilities", *TERMS):
        page.goto(server + url(key, language))
        screens = page.evaluate("() => document.documentElement.scrollHeight / innerHeight")
        if screens > (SHORT if key == "glossary" else SHORT / 2):
            tall[key] = screens
    assert tall == {}
