"""The search of a handbook so long that its texts come after its names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOT
from playwright.sync_api import expect
from search.score import addresses

from handbook.pages.loader import load
from handbook.site.search import index as search_index
from handbook.site.search.index import SCRIPTS, WORKER, rest_of, worker

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

BOX = "[data-md-component=search-query]"
RESULT = "a.md-search-result__link"
COMING = "Still loading: so far only names have been searched."
JAVASCRIPT = "text/javascript"
SAID_IN_A_TEXT = "negative sentiment"


class Texts:
    """What waits of the texts of an index, most of which does not come with the search."""

    def __init__(self, contents: str) -> None:
        self.contents = contents
        self.waiting: list[Route] = []

    def hold(self, route: Route) -> None:
        self.waiting.append(route)

    def bring(self) -> None:
        self.waiting.pop().fulfill(body=self.contents, content_type="application/json")


@pytest.fixture
def texts(page: Page, monkeypatch: pytest.MonkeyPatch) -> Texts:
    """Have the pages in English search in two parts, the second of which is held."""
    monkeypatch.setattr(search_index, "FIRST", 15_000)
    handbook = load(ROOT)
    urls = {key: f"en/{place}" for key, place in addresses(handbook).items()}
    sources = [(ROOT / "docs/assets/javascripts" / name).read_text("utf-8") for name in SCRIPTS]
    made = worker(handbook, "en", urls, sources)
    script = made[WORKER]
    rest = f"search/{rest_of(script)}"
    page.route(f"**/{WORKER}", lambda route: route.fulfill(body=script, content_type=JAVASCRIPT))
    held = Texts(made[rest])
    page.route(f"**/{rest}", held.hold)
    return held


def status(page: Page) -> Locator:
    return page.get_by_role("search").get_by_role("status")


def test_names_are_found_while_the_texts_are_on_their_way(
    page: Page, server: str, texts: Texts
) -> None:
    page.goto(f"{server}en/")
    page.locator(BOX).fill("returns")
    first = page.locator(RESULT).first
    expect(first).to_have_attribute("href", re.compile("/en/who-handles-what/returns/"))
    expect(page.locator(".hb-note")).to_have_text(COMING)
    page.locator(BOX).fill(SAID_IN_A_TEXT)
    expect(status(page)).to_have_text(COMING)
    expect(page.locator(".hb-found__ways")).to_have_count(0)
    texts.bring()
    expect(first).to_have_attribute("href", re.compile("/en/roles/after-sales/.*#duty-8-2"))
    expect(page.locator(".hb-note")).to_have_count(0)
    assert not texts.waiting


def test_texts_that_did_not_come_are_asked_for_again(
    page: Page, server: str, texts: Texts, problems: list[str]
) -> None:
    page.goto(f"{server}en/")
    page.locator(BOX).fill("returns")
    expect(page.locator(RESULT).first).to_be_visible()
    texts.waiting.pop().abort()
    page.locator(BOX).fill(SAID_IN_A_TEXT)
    expect(status(page)).to_have_text(COMING)
    while not texts.waiting:
        page.wait_for_timeout(20)
    texts.bring()
    expect(page.locator(RESULT).first).to_be_visible()
    expect(page.locator(".hb-note")).to_have_count(0)
    (told,) = problems
    assert told.endswith(".json (net::ERR_FAILED)")
    problems.clear()
