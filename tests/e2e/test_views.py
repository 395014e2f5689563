"""The views: matrix, abilities, duties, topics, comparisons, map, glossary, two languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from e2e.authored import COMPARISONS, DERIVED, IN_BOTH, LANGUAGE_TAGS, OTHER, ROLES, file, url
from e2e.built import Built, text_of
from e2e.test_browser import both_languages, switch
from playwright.sync_api import expect

from handbook.pages.loader import load
from handbook.pages.schema import GROUPS
from handbook.site import layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Page, Route

VIEWS = {
    "who-handles-what": ".hb-topics a",
    "matrix": ".hb-matrix td a",
    "abilities": ".hb-index a",
    "duties": ".hb-duty-table tbody tr",
    "compare": ".hb-pairs dd a",
    "side-by-side": ".hb-both-list a",
    "collaboration": ".hb-ties dd",
    "glossary": ".hb-index a",
    "self-test": ".hb-quiz summary",
}
SAMPLES = {
    **VIEWS,
    COMPARISONS[0]: ".hb-both tbody th",
    IN_BOTH[1]: ".hb-sides h3",
    "who-handles-what/returns": ".hb-angle",
    "glossary/measures-roi": ".hb-asked .hb-duties a",
    "glossary/abilities-communication": ".hb-asked .hb-duties a",
}
ONE_DUTY = {"zh": "1 項職責", "zh-Hans": "1 项职责", "en": "1 duty"}
NO_DUTY = {"zh": "沒有符合的職責", "zh-Hans": "没有符合的职责", "en": "No duty matches"}
every_view = pytest.mark.parametrize("key", SAMPLES)


def test_every_view_is_looked_at() -> None:
    assert VIEWS.keys() == layout.VIEWS.keys() | layout.UNLISTED.keys(), (
        "above, say how to find what it shows"
    )


def scripts_late(page: Page, which: str = "**/page.*.js") -> Callable[[], None]:
    """Keep a page's scripts from arriving, as on a slow line, until what this returns is called."""
    held: list[Route] = []
    arrived: list[bool] = []

    def hold(route: Route) -> None:
        if arrived:
            route.continue_()
        else:
            held.append(route)

    page.route(which, hold)

    def arrive() -> None:
        for _ in range(100):
            if not held:
                page.wait_for_timeout(50)
        arrived.append(True)
        for route in held:
            route.continue_()

    return arrive


@pytest.fixture(scope="module")
def plain(site: Path) -> Built:
    return Built(site, "http://plain.example/")


def target_of(plain: Built, page: str, link: HtmlElement) -> tuple[str, HtmlElement]:
    """The page and the element that a link of `page` leads to."""
    (found,) = (each for each in plain.links(page) if each.element is link)
    target = plain.file(found.target)
    assert target
    (element,) = plain.pages[target].xpath("//*[@id=$id]", id=found.fragment)
    return target, element


@both_languages
def test_every_mark_of_the_matrix_leads_to_the_words_that_justify_it(
    plain: Built, language: str
) -> None:
    page = file("matrix", language)
    (table,) = plain.pages[page].xpath("//table[contains(@class, 'hb-matrix')]")
    heads = [th.xpath("string(a/span[last()])") for th in table.xpath("thead/tr/th")[1:]]
    marks = 0
    for row in table.xpath("tbody/tr"):
        ability = text_of(row.xpath("th/a")[0])
        for role, cell in zip(heads, row.xpath("td"), strict=True):
            for link in cell.xpath("a"):
                target, item = target_of(plain, page, link)
                assert plain.heading(target) == role
                assert item.tag == "li"
                assert text_of(item.xpath(".//strong")[0]).casefold() == ability.casefold()
                assert ability.casefold() in link.get("aria-label").casefold()
                assert role in link.get("aria-label")
                marks += 1
    items = [plain.pages[file(role, language)].xpath("//li[@id]") for role in ROLES]
    for link in plain.pages[page].xpath("//h2[@id='single']/following-sibling::dl[1]//dd/a"):
        target, item = target_of(plain, page, link)
        assert plain.heading(target) == text_of(link.xpath("../../dt")[0])
        assert text_of(item.xpath(".//strong")[0]).casefold() == text_of(link).casefold()
        marks += 1
    assert marks == sum(len(each) for each in items) > 40


def test_the_cells_of_the_matrix_have_headers(plain: Built) -> None:
    (table,) = plain.pages["matrix/index.html"].xpath("//table")
    assert {th.get("scope") for th in table.xpath("thead//th")} == {"col"}
    assert {th.get("scope") for th in table.xpath("tbody//th")} == {"row"}


@both_languages
def test_the_duty_table_is_whole(plain: Built, language: str) -> None:
    page = file("duties", language)
    named = {
        target_of(plain, page, link)[1].get("id"): text_of(link)
        for link in plain.pages[page].xpath("//tbody//th/a")
    }
    assert len(named) == 35
    for anchor, text in named.items():
        assert text.startswith(anchor.removeprefix("duty-").replace("-", ".") + " ")


@both_languages
def test_a_topic_leads_to_its_duties(plain: Built, language: str) -> None:
    index = plain.pages[file("who-handles-what", language)]
    (listed,) = index.xpath("//li[@id='topic-suppliers']/a")
    page = file("who-handles-what/suppliers", language)
    assert listed.get("href") == "suppliers/"
    links = plain.pages[page].xpath("//article//h3/a")
    assert [text_of(link).partition(" ")[0] for link in links] == ["2.1", "7.1", "7.3", "7.4"]
    for link in links:
        assert text_of(target_of(plain, page, link)[1]) == text_of(link)


@both_languages
def test_the_glossary_says_whose_word_each_term_is(plain: Built, language: str) -> None:
    page = plain.pages[file("glossary", language)]
    vocabulary = load(ROOT).vocabulary
    words = {
        "zh": ("出自原文", "編者所擬"),
        "zh-Hans": ("出自原文", "编者所拟"),
        "en": ("the source", "the editors"),
    }[language]
    said = dict(zip(("source", "editors"), words, strict=True))
    terms = {f"{g}-{i}": term for g in GROUPS for i, term in vocabulary.entries(g).items()}
    shown = page.xpath("//ol[@class='hb-index']/li")
    assert [entry.get("id") for entry in shown] == [*terms]
    for anchor, term in terms.items():
        if not anchor.startswith("topics-"):
            tree = plain.pages[file(f"glossary/{anchor}", language)]
            given = tree.xpath("//dl[@class='hb-choices']//dd")
            assert said[term.origin] in [text_of(each) for each in given]
    # The entries that topics had before they became one with a term are led there.
    for term_id, topic_id in vocabulary.topic_of.items():
        (group, _) = vocabulary.terms[term_id]
        (place,) = page.xpath("//li[descendant::*[@id=$id]]", id=f"topics-{topic_id}")
        assert place.get("id") == f"{group}-{term_id}"


@both_languages
def test_every_pair_of_roles_can_be_chosen(plain: Built, language: str) -> None:
    links = plain.links(file("compare", language), "//main//dl")
    offered = {plain.file(link.target) for link in links}
    assert offered == {file(key, language) for key in COMPARISONS}


@both_languages
def test_in_both_languages_every_passage_says_which_it_is_in(plain: Built, language: str) -> None:
    for key in IN_BOTH:
        rows = plain.pages[file(key, language)].xpath("//div[contains(@class, 'hb-sides')]")
        tags = [LANGUAGE_TAGS[language], LANGUAGE_TAGS["zh" if language == "en" else "en"]]
        assert {tuple(row.xpath("div/@lang")) for row in rows} == {tuple(tags)}
        own = plain.pages[file(key.replace("side-by-side", "roles"), language)]
        for anchor in own.xpath("//h3/@id | //li/@id"):
            if anchor.startswith(("duty-", "ability-")):
                assert anchor in plain.ids(file(key, language))


def test_what_is_made_from_the_model_has_no_style_or_handler(plain: Built) -> None:
    for key in (*VIEWS, *DERIVED, *ROLES, "index"):
        for element in plain.pages[file(key, "zh")].xpath("//article//*"):
            assert element.tag not in {"script", "style"}
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


@both_languages
@every_view
def test_a_view_fits_a_phone_and_works_without_scripts(
    new_page: Callable[..., Page], server: str, key: str, language: str
) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto(server + url(key, language))
    expect(page.locator(SAMPLES[key]).first).to_be_visible()
    assert page.locator(SAMPLES[key]).count() > 1
    expect(page.locator(".hb-filter")).to_be_hidden()


@both_languages
def test_the_matrix_prints_on_one_sheet(page: Page, server: str, language: str) -> None:
    page.goto(server + url("matrix", language))
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")
    printed = page.pdf(format="A4", margin=margin)  # type: ignore[arg-type]
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@both_languages
def test_duties_are_filtered_and_the_count_is_announced(
    page: Page, server: str, language: str
) -> None:
    page.goto(server + url("duties", language))
    rows, status = (
        page.locator(".hb-duty-table tbody tr:visible"),
        page.locator("main").get_by_role("status"),
    )
    expect(status).to_have_text(re.compile(r"^35 "))
    page.locator("select[name=topics]").select_option("complaints")
    expect(rows).to_have_count(3)
    expect(status).to_have_text(re.compile(r"^3 "))
    page.locator("select[name=role]").select_option("after-sales")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("8.2")
    expect(status).to_have_text(ONE_DUTY[language])
    page.locator("select[name=measures]").select_option("roi")
    expect(rows).to_have_count(0)
    expect(status).to_have_text(NO_DUTY[language])
    page.locator("select[name=measures]").select_option("")

    page.reload()
    expect(rows).to_have_count(1)
    switch(page, OTHER[language]).click()
    expect(page.locator("html")).to_have_attribute("lang", LANGUAGE_TAGS[OTHER[language]])
    expect(rows).to_have_count(1)
    page.get_by_role("button", name=re.compile("清除篩選|清除筛选|Clear the filters")).click()
    expect(rows).to_have_count(35)


@both_languages
def test_a_reader_finds_who_handles_complaints(page: Page, server: str, language: str) -> None:
    page.goto(server + url("index", language))
    page.locator(".hb-ways a").nth(1).click()
    typed = {"zh": "客訴", "zh-Hans": "tousu", "en": "grievance"}[language]
    page.locator(".hb-finder input").fill(typed)
    expect(page.locator(".hb-topics a:visible")).to_have_count(1 if typed == "tousu" else 2)
    page.locator(".hb-topics a:visible").first.click()
    expect(page).to_have_url(f"{server}{url('who-handles-what/complaints', language)}")
    page.locator(".hb-angle h3 a").nth(2).click()
    expect(page).to_have_url(f"{server}{url('roles/after-sales', language)}#duty-8-2")


def test_what_is_typed_before_the_script_is_there_is_looked_for(page: Page, server: str) -> None:
    on_the_way = scripts_late(page)
    page.goto(f"{server}en/who-handles-what/", wait_until="commit")
    page.locator(".hb-finder input").fill("grievance")
    on_the_way()
    expect(page.locator(".hb-topics a:visible")).to_have_count(2)


def test_enter_before_the_search_has_answered_waits_for_it(page: Page, server: str) -> None:
    on_the_way = scripts_late(page, "**/search/worker.js")
    page.goto(f"{server}en/who-handles-what/")
    box = page.locator(".hb-finder input")
    box.fill("parcel late")
    box.press("Enter")
    page.wait_for_timeout(300)
    expect(page).to_have_url(f"{server}en/who-handles-what/")
    expect(page.locator(".hb-topics a:visible")).to_have_count(69)
    on_the_way()
    expect(page).to_have_url(f"{server}en/who-handles-what/delays/")


def test_a_search_that_does_not_arrive_is_told_and_asked_again(page: Page, server: str) -> None:
    page.route("**/search/worker.js", lambda route: route.abort())
    page.goto(f"{server}en/who-handles-what/")
    box = page.locator(".hb-finder input")
    box.press_sequentially("parcel late")
    told = "The search could not be loaded. Check the connection and type again."
    expect(page.locator(".hb-finder [role=status]")).to_have_text(told)
    expect(page.locator(".hb-topics a:visible")).to_have_count(69)
    page.unroute("**/search/worker.js")
    box.press_sequentially("s")
    expect(page.locator(".hb-topics a:visible").first).to_have_text("Delays")


def test_what_is_chosen_before_the_script_is_there_is_shown(page: Page, server: str) -> None:
    on_the_way = scripts_late(page)
    page.goto(f"{server}en/duties/", wait_until="commit")
    page.locator("select[name=role]").select_option("after-sales")
    on_the_way()
    expect(page.locator(".hb-duty-table tbody tr:visible")).to_have_count(5)
    expect(page).to_have_url(f"{server}en/duties/#role=after-sales")


def test_roles_that_are_chosen_before_the_script_is_there_stay_chosen(
    page: Page, server: str
) -> None:
    on_the_way = scripts_late(page)
    page.goto(f"{server}en/compare/", wait_until="commit")
    page.locator("select[name=second]").select_option("after-sales")
    for button in page.locator(".hb-choose button").all():
        expect(button).to_be_disabled()
    on_the_way()
    page.locator(".hb-choose button").last.click()
    expect(page).to_have_url(server + url(COMPARISONS[5], "en"))


def test_the_old_address_of_a_topic_leads_to_its_page(page: Page, server: str) -> None:
    page.goto(f"{server}en/who-handles-what/#topic-returns")
    expect(page).to_have_url(f"{server}en/who-handles-what/returns/")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    expect(page).to_have_url(f"{server}en/who-handles-what/")


@both_languages
def test_from_a_role_to_its_neighbour_and_their_comparison(
    page: Page, server: str, language: str
) -> None:
    page.goto(server + url("roles/marketing", language))
    page.locator(".hb-neighbours a[href*='/compare/']").first.click()
    expect(page).to_have_url(re.compile(re.escape(server + url("compare/index", language))))
    expect(page.locator("#shared")).to_be_visible()


@both_languages
def test_two_columns_on_a_desk_one_on_a_phone(page: Page, server: str, language: str) -> None:
    page.goto(server + url("roles/marketing", language))
    page.locator(".hb-in-both a").click()
    expect(page).to_have_url(server + url("side-by-side/marketing", language))
    sides = page.locator("#duty-3-2 > div")
    for width, beside in ((1280, True), (360, False)):
        page.set_viewport_size({"width": width, "height": 800})
        own, other = (side.bounding_box() for side in sides.all())
        assert own
        assert other
        assert (own["y"] == other["y"]) is beside
        assert (own["x"] < other["x"]) is beside or own["y"] < other["y"]


def note_of(page: Page, index: int) -> str:
    """What the note of a term shows; "none" while it is not shown."""
    term = page.locator(".hb-term").nth(index)
    return str(term.evaluate("term => getComputedStyle(term, '::after').content"))


@both_languages
def test_a_term_says_what_it_means(page: Page, server: str, language: str) -> None:
    page.goto(server + url("roles/marketing", language))
    definition = {
        "zh": "廣告展示後被點擊的比例",
        "zh-Hans": "广告展示后被点击的比例",
        "en": "how often an advert is clicked",
    }[language]
    terms = page.locator(".hb-term").all_inner_texts()
    index = terms.index({"zh": "點擊率", "zh-Hans": "点击率", "en": "click-through rate"}[language])
    term = page.locator(".hb-term").nth(index)
    assert note_of(page, index) == "none"
    for show in (term.focus, term.hover):
        show()
        assert definition in note_of(page, index)
        page.keyboard.press("Escape")
        assert note_of(page, index) == "none"
        page.mouse.move(0, 0)
        page.locator("body").evaluate("() => document.activeElement.blur()")
        term.dispatch_event("pointerleave")


def test_a_term_leads_to_what_it_means_without_scripts(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(
        java_script_enabled=False, has_touch=True, viewport={"width": 360, "height": 640}
    )
    page.goto(server + url("roles/marketing", "zh"))
    page.locator(".hb-term").nth(3).tap()
    expect(page).to_have_url(re.compile("/glossary/"))
