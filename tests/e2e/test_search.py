"""Search through the real box, in every language that the site has."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from e2e.authored import ROOT
from playwright.sync_api import Page, expect
from search.box import Answer, ask, draw, open_search, sections
from search.queries import leads, queries

from handbook.site.search_words import folded

# Every language of the site, derived ones too, with its folder; the first stands at the root.
LOCALES = re.findall(r"^ +- locale: (\S+)", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
LANGUAGES = {locale: f"{locale}/" if at else "" for at, locale in enumerate(LOCALES)}
every_language = pytest.mark.parametrize("language", LANGUAGES)
DRAWN = 150
HARD = 0.95
FOUND = 0.99

BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__link"


def root_of(server: str, language: str) -> str:
    return server + LANGUAGES[language]


def in_the_language(answer: Answer, root: str) -> bool:
    """Whether all results are in the folder of the language, and in none below it."""
    others = tuple(folder for folder in LANGUAGES.values() if folder)
    return all(
        link.startswith(root) and not place.startswith(others)
        for link, place in zip(answer.links, answer.places(root), strict=True)
    )


@every_language
def test_queries_lead_where_people_want_to_go(page: Page, server: str, language: str) -> None:
    root = root_of(server, language)
    open_search(page, root)
    asked = queries(language)
    answers = ask(page, [query.words for query in asked])
    missed: dict[str, list[str]] = {"plain": [], "hard": []}
    for query, answer in zip(asked, answers, strict=True):
        assert answer.links, f"no result: {query.words}"
        assert in_the_language(answer, root), f"another language: {query.words}: {answer.links}"
        first = answer.places(root, 3)
        if not leads(query, first):
            missed[query.kind].append(f"{query.words}: {first}, not {query.places}")
    hard = sum(query.kind == "hard" for query in asked)
    assert not missed["plain"], "\n".join(missed["plain"])
    assert len(missed["hard"]) <= hard * (1 - HARD), "\n".join(missed["hard"])


@every_language
def test_any_words_of_any_page_are_found(
    page: Page, site: Path, server: str, language: str
) -> None:
    root = root_of(server, language)
    texts = sections(site, language)
    drawn = draw(texts, DRAWN, random.Random(language))
    # Every second one is typed in the other Chinese script.
    typed = [folded(words) if at % 2 else words for at, words in enumerate(drawn)]
    open_search(page, root)
    missed: list[str] = []
    for words, answer in zip(drawn, ask(page, typed), strict=True):
        assert in_the_language(answer, root), f"another language: {words}: {answer.links}"
        first = answer.places(root, 3)
        said = folded(re.sub("(ies|ing|ed|s)$", "", words))  # or in another form
        if not any(said in folded(texts.get(place, "")) for place in first):
            missed.append(f"{words}: {first}")
    # Among 14,000 runs of words there is one that asks for something better, 「是數據分析」.
    assert len(missed) <= DRAWN * (1 - FOUND), "\n".join(missed)


@every_language
def test_nothing_is_loaded_before_the_search_opens(page: Page, server: str, language: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.removeprefix(server)))
    page.goto(root_of(server, language), wait_until="networkidle")
    searching = re.compile(r"search/|lunr|search_index")
    assert [url for url in requests if searching.search(url)] == []
    page.locator(BOX).click()
    page.locator(BOX).press_sequentially("KPI")
    expect(page.locator(RESULT).first).to_be_visible()
    found = [url for url in requests if searching.search(url)]
    assert found == [f"{LANGUAGES[language]}search/worker.js"]


def test_a_word_in_one_script_is_marked_in_the_other(page: Page, server: str) -> None:
    open_search(page, server)
    page.locator(BOX).fill("退货率")
    first = page.locator(RESULT).first
    expect(first.locator("mark").first).to_have_text("退貨率")
    first.click()
    expect(page).to_have_url(f"{server}roles/after-sales/#duty-8-3")
    marks = page.locator("article mark")
    assert set(marks.all_text_contents()) == {"退貨率"}
    assert marks.count() > 1
    expect(page.locator("#duty-8-2 ~ p").first.locator("mark")).to_have_count(0)


def test_a_result_says_what_it_is_and_where_it_stands(page: Page, server: str) -> None:
    open_search(page, server)
    page.locator(BOX).fill("退貨率")
    first = page.locator(RESULT).first
    expect(first.locator(".hb-hit__title")).to_have_text("8.3 售後數據分析")
    expect(first.locator(".hb-hit__place")).to_have_text("售後服務管理")
    expect(first.locator(".hb-hit__text")).to_contain_text("退貨率")
    page.locator(BOX).fill("傾聽")
    first = page.locator(RESULT).first
    expect(first.locator(".hb-hit__title")).to_have_text("傾聽")
    expect(first.locator(".hb-hit__place")).to_have_text("客戶關係管理 · 能力要求")
    expect(page.locator("h1")).to_have_count(1)


def test_what_is_searched_is_never_markup(page: Page, server: str) -> None:
    open_search(page, server)
    for query in (
        "<img src=x onerror=alert(1)> 投訴",
        "</span>&lt;b&gt; KPI",
        "\"'`${1}",
        "*",
        "\\",
    ):
        (answer,) = ask(page, [query])
        assert page.locator(".md-search-result img, .md-search-result b").count() == 0
    assert answer.links == []


def test_pasted_and_dictated_words_are_found(page: Page, server: str) -> None:
    page.goto(server)
    page.locator(BOX).click()
    page.keyboard.insert_text("供应商")  # no key is pressed: an `input` event only
    expect(page.locator(RESULT).first).to_contain_text("供應商")


def test_an_input_method_searches_for_what_it_has_composed(page: Page, server: str) -> None:
    page.goto(server)
    page.locator(BOX).click()
    expect(page.locator(".md-search-result__meta")).to_be_visible()
    keyboard = page.context.new_cdp_session(page)
    for letters in ("t", "tou", "tou'su"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
        page.locator(BOX).dispatch_event("keyup", {"isComposing": True})
    expect(page.locator(RESULT)).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "投訴"})
    expect(page.locator(RESULT).first).to_contain_text("投訴")


def test_search_by_keyboard_alone(page: Page, server: str) -> None:
    page.goto(f"{server}en/")
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    # At once: a list that replaces the results of the first letters would take the focus away.
    page.keyboard.insert_text("churn")
    expect(page.locator(RESULT).first).to_have_attribute("href", re.compile(r"[?]h=churn#"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULT).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server}en/roles/customer-relations/#duty-4-5")


@pytest.mark.parametrize("host", ["server", "published_server"])
@every_language
def test_a_lost_reader_can_search(
    page: Page,
    problems: list[str],
    request: pytest.FixtureRequest,
    host: str,
    language: str,
) -> None:
    root = root_of(request.getfixturevalue(host), language)
    page.goto(f"{root}no/such/page/" if language == "zh" else f"{root}404.html")
    problems[:] = [problem for problem in problems if not problem.startswith("404:")]
    page.locator(BOX).click()
    page.locator(BOX).fill("ROI")  # at once: the first letters have other results
    page.locator(RESULT).first.click()
    expect(page).to_have_url(re.compile(re.escape(f"{root}roles/marketing/#duty-3-")))


@every_language
def test_search_works_from_a_file(
    new_page: Callable[..., Page], problems: list[str], site: Path, language: str
) -> None:
    page = new_page()
    page.goto((site / LANGUAGES[language] / "roles/marketing/index.html").as_uri())
    page.locator(BOX).click()
    page.locator(BOX).press_sequentially("8.3")
    link = page.locator(RESULT).first
    expect(link).to_have_attribute("href", re.compile("roles/after-sales/.*#duty-8-3$"))
    problems[:] = [problem for problem in problems if not problem.startswith("other host: file:")]
