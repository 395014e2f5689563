"""An address that is not there: at the root of a host and below a path, told of or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOTS
from e2e.server import serve_folder
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

TITLES = {"zh-Hant": "找不到這一頁", "zh-Hans": "找不到这一页", "en": "Page not found"}
SEARCHES = {
    "zh-Hant": "在手冊中搜尋「退貨」",
    "zh-Hans": "在手册中搜索“退貨”",
    "en": "Search the handbook for “退貨”",
}
HREFS = "links => links.map(({ href }) => href)"
every_language = pytest.mark.parametrize("tag", ROOTS)


@pytest.fixture(scope="module", params=["/", "/x/y/"])
def host(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """The site that was built without an address, at the root of a host and below a path of it."""
    with serve_folder(site, below=request.param) as address:
        yield address


@pytest.fixture
def anywhere(host: str, problems: list[str]) -> Iterator[str]:
    yield host
    # Below a path the page looks for its style sheet where it is not: no more than that.
    below = host.endswith("/x/y/")
    looked = [each for each in problems if below and re.match(r"404: (/x)?/assets/page\.", each)]
    problems[:] = [problem for problem in problems if problem not in looked]


def shown(page: Page, part: str) -> Locator:
    return page.locator(f"{part}:visible")


def lost(page: Page, address: str, problems: list[str]) -> None:
    """Open an address that is not there, which the browser notes."""
    page.goto(address)
    problems[:] = [problem for problem in problems if not problem.startswith("404:")]


@every_language
@pytest.mark.parametrize(
    "deep", ["gone/", "roles/gone/", "roles/a/b/c.html", "gone", "roles/gone?x=1#y"]
)
def test_it_speaks_the_language_of_the_address_and_leads_on(
    page: Page, problems: list[str], anywhere: str, tag: str, deep: str
) -> None:
    home = anywhere + ROOTS[tag]
    lost(page, home + deep, problems)
    expect(page.locator("html")).to_have_attribute("lang", tag)
    expect(shown(page, "h1 span")).to_have_text([TITLES[tag]])
    assert page.title().startswith(f"{TITLES[tag]} · ")
    expect(page.locator("h1")).to_have_css("font-weight", "700")
    expect(page.locator("header")).to_have_css("display", "flex")  # the style sheet is there
    links = shown(page, "main a").evaluate_all(HREFS)
    assert links[0] == home
    assert all(link.startswith(home) for link in links)
    assert [link for link in links if page.request.get(link).status != 200] == []
    switch = shown(page, "nav a").evaluate_all(HREFS)
    assert {*switch} == {anywhere + ROOTS[other] for other in ROOTS if other != tag}
    page.locator("header > a").click()
    expect(page).to_have_url(home)


@every_language
def test_what_was_asked_for_can_be_searched_for(
    page: Page, problems: list[str], anywhere: str, tag: str
) -> None:
    lost(page, f"{anywhere}{ROOTS[tag]}roles/退貨/", problems)
    link = shown(page, "main .search")
    expect(link).to_have_text(SEARCHES[tag])
    link.click()
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert page.url.startswith(f"{anywhere}{ROOTS[tag]}?q=")


@pytest.mark.parametrize("address", ["%E9%80", "<b>x</b>", "a%22b/", "404.html", ""])
def test_no_address_breaks_it(page: Page, problems: list[str], anywhere: str, address: str) -> None:
    lost(page, f"{anywhere}en/none/{address}", problems)
    expect(shown(page, "h1 span")).to_have_text([TITLES["en"]])
    assert page.locator("main b").count() == 0


def test_the_published_site_leads_on_without_scripts(
    new_page: Callable[..., Page], published_server: str, problems: list[str]
) -> None:
    page = new_page(java_script_enabled=False)
    lost(page, f"{published_server}en/roles/gone/", problems)
    expect(page.locator("header")).to_have_css("display", "flex")
    expect(shown(page, "h1 span")).to_have_text([*TITLES.values()])
    links = shown(page, ":is(header, main) a").evaluate_all(HREFS)
    assert [each for each in links if page.request.get(each).status != 200] == []
    assert {published_server + home for home in ROOTS.values()} <= {
        each.replace("/./", "/") for each in links
    }


def test_without_an_address_and_without_scripts_there_is_a_way_up(
    new_page: Callable[..., Page], site: Path, problems: list[str]
) -> None:
    page = new_page(java_script_enabled=False)
    with serve_folder(site, below="/x/y/") as address:
        for gone in ("en/gone", "en/gone/"):
            lost(page, address + gone, problems)
            ways = page.locator("a[rel=up]").evaluate_all(HREFS)
            assert f"{address}en/" in ways


@every_language
def test_each_language_has_its_own_for_hosts_that_look_for_it(
    page: Page, server: str, tag: str
) -> None:
    page.goto(f"{server}{ROOTS[tag]}404.html")
    expect(shown(page, "h1 span")).to_have_text([TITLES[tag]])
    expect(shown(page, "main .search")).to_have_count(0)
