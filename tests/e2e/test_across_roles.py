"""The pages that answer across roles, for 7, 12 and 40 of them: compare, matrix, duties, map."""

from __future__ import annotations

import gzip
import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import pytest
from bench.generate import generate
from conftest import copy_repository, once, run_in
from e2e.authored import LANGUAGES, file, url
from e2e.built import Built, text_of
from e2e.server import serve_folder
from outlets.test_second_handbook import make_copy
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Locator, Page, ViewportSize

ACROSS = ("matrix", "duties", "compare", "collaboration")
MOST_PAIRS = 300
WIDTHS = (320, 360, 390, 768, 1024, 1280, 1440, 1920)
TWICE = {
    "zh": "請選兩個不同的崗位。",
    "zh-Hans": "请选两个不同的岗位。",
    "en": "Choose two different roles.",
}
NO_PAGE = {
    "zh": "這兩個崗位沒有比較頁。崗位太多時，只比較共同點最多的各對。",
    "zh-Hans": "这两个岗位没有比较页。岗位太多时，只比较共同点最多的各对。",
    "en": "There is no page for these two: of so many roles, only the pairs that share most are "
    "compared.",
}
ALONE = {"zh": "各項職責沒有寫明與誰合作", "en": "No duty says who this role works with"}
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 720}
# What of the page's own text sticks out of the window, but for what stands in a box that scrolls or
# clips it.
STICKING_OUT = """() => [...document.querySelectorAll("article *")].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  if (width <= 1 || (right <= document.documentElement.clientWidth + 1 && left >= -1)) return false;
  for (let box = element.parentElement; box.tagName !== "ARTICLE"; box = box.parentElement)
    if (getComputedStyle(box).overflowX !== "visible") return false;
  return true;
}).map((element) => element.outerHTML.slice(0, 120))"""
# Whether what is seen in the middle of an element is that element.
SEEN = """(element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""
# Where the names of the matrix's columns and its cells begin and end; how wide the marks are.
COLUMNS = """() => {
  const box = (element) => {
    const { left, right } = element.getBoundingClientRect();
    return [left, right];
  };
  const row = document.querySelector(".hb-matrix tbody tr");
  return [
    [...document.querySelectorAll(".hb-matrix thead th a")].map(box),
    [...row.querySelectorAll("td")].map(box),
    [...document.querySelectorAll(".hb-matrix td a")].map((mark) => mark.offsetWidth),
  ];
}"""
LARGE_TEXT = "() => { document.documentElement.style.fontSize = '250%'; }"  # 200 % of the site's

both_languages = pytest.mark.parametrize("language", ["zh", "en"])
every_language = pytest.mark.parametrize("language", LANGUAGES)


class Book(NamedTuple):
    """A handbook of so many roles, and where it is served."""

    roles: int
    built: Built
    server: str

    def titles(self, language: str) -> dict[str, str]:
        """The roles in their order: the name of each one's page, and what it is called."""
        form = self.built.pages[file("compare", language)].xpath("//select[@name='first']/option")
        return {option.get("value"): text_of(option) for option in form}


def make_forty(root: Path) -> None:
    """The real handbook, grown to forty roles."""
    copy_repository(root)
    generate(root, 40)
    assert run_in(root, "handbook", "fix").returncode == 0
    built = run_in(root, "mkdocs", "build", "--strict", HANDBOOK_DOWNLOADS="0")
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="module", params=[7, 12, 40], ids="{}_roles".format)
def book(request: pytest.FixtureRequest, shared_tmp: Path) -> Iterator[Book]:
    """The real handbook, the hospital's, and one of forty roles."""
    if request.param == 7:
        folder = request.getfixturevalue("site")
    else:
        name, make = {12: ("hospital", make_copy), 40: ("forty", make_forty)}[request.param]
        folder = once(shared_tmp / name, make) / "site"
    with serve_folder(folder) as server:
        yield Book(request.param, Built(folder, "http://plain.example/"), server)


def test_forty_roles_cost_readers_and_disks_little(shared_tmp: Path) -> None:
    """Every pair, page and entry that is added counts: see the table of `make bench`."""
    site = once(shared_tmp / "forty", make_forty) / "site"
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    assert len(pages) <= 1_700
    assert sum(pages) <= 40_000_000
    search = [len(gzip.compress(path.read_bytes(), 9)) for path in site.rglob("search/worker.js")]
    assert len(search) == 3
    assert max(search) <= 115_000


def seen(element: Locator) -> bool:
    return bool(element.evaluate(SEEN))


# ---- Compare ----


def choose(page: Page, first: str, second: str) -> None:
    page.locator("select[name=first]").select_option(first)
    page.locator("select[name=second]").select_option(second)


@every_language
def test_two_roles_are_chosen_in_any_order(page: Page, book: Book, language: str) -> None:
    one, other = [*book.titles(language)][1:3]
    address = f"{book.server}{url(f'compare/{one}/{other}', language)}"
    for first, second in ((one, other), (other, one)):
        page.goto(book.server + url("compare", language))
        choose(page, first, second)
        page.locator(".hb-choose button").last.click()
        expect(page).to_have_url(address)
    page.locator(".hb-in-common a").click()
    expect(page.locator("select[name=first]")).to_have_value(one)
    expect(page.locator("select[name=second]")).to_have_value(other)
    page.get_by_role("button", name=re.compile("^(對調|对调|Swap the two)$")).click()
    expect(page.locator("select[name=first]")).to_have_value(other)
    expect(page.locator("select[name=second]")).to_have_value(one)


@every_language
def test_a_pair_that_has_no_page_is_told(page: Page, book: Book, language: str) -> None:
    slugs = [*book.titles(language)]
    pages = {tuple(key.split("/")[-3:-1]) for key in book.built.pages if "compare/" in key}
    pairs = [(slugs[1], slugs[1], TWICE)]
    pairs += [(*pair, NO_PAGE) for pair in combinations(slugs, 2) if pair not in pages][:1]
    assert len(pairs) == (2 if book.roles == 40 else 1)
    page.goto(book.server + url("compare", language))
    for first, second, told in pairs:
        choose(page, first, second)
        expect(page.locator("main").get_by_role("status")).to_be_hidden()
        page.locator("select[name=first]").focus()
        page.locator(".hb-choose button").last.click()
        expect(page.locator("main").get_by_role("status")).to_have_text(told[language])
        expect(page.locator("select[name=second]")).to_be_focused()
        expect(page).to_have_url(book.server + url("compare", language))


@both_languages
def test_each_pair_stands_once_without_scripts(
    new_page: Callable[..., Page], book: Book, language: str
) -> None:
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto(book.server + url("compare", language))
    expect(page.locator(".hb-choose")).to_be_hidden()
    links = page.locator(".hb-pairs a")
    found = [link.get_attribute("href") for link in links.all()]
    every = [f"{first}/{second}/" for first, second in combinations(book.titles(language), 2)]
    assert len(found) == len({*found}) == min(len(every), MOST_PAIRS)
    assert {*found} <= {*every}
    heading = page.locator("#all").inner_text()
    assert str(len(found)) in heading
    assert bool(re.search("^(全部|All)", heading)) is (len(found) == len(every))


def in_common(page: HtmlElement) -> tuple[int, int]:
    """How many topics and abilities the tables of a comparison hold."""
    topics, abilities = (
        len(page.xpath("//h2[@id=$id]/following-sibling::*[2]/tbody/tr", id=at))
        for at in ("topics", "shared")
    )
    return topics, abilities


def test_the_pairs_most_alike_stand_first(book: Book) -> None:
    shared = {
        key: in_common(book.built.pages[key])
        for key in book.built.pages
        if re.fullmatch(r"en/compare/[^/]+/[^/]+/index\.html", key)
    }
    page = file("compare", "en")
    cards = book.built.pages[page].xpath("//ul[contains(@class, 'hb-alike')]/li")
    counts = []
    for card in cards:
        (link,) = card.xpath(".//a")
        topics, abilities = shared[f"en/compare/{link.get('href')}index.html"]
        counts.append(topics + abilities)
        told = text_of(card.xpath("p")[-1])
        assert [int(n) for n in re.findall(r"\d+", told)] == [n for n in (topics, abilities) if n]
    assert counts == sorted(map(sum, shared.values()), reverse=True)[:6]


@both_languages
def test_the_names_of_both_roles_stay_in_sight(
    new_page: Callable[..., Page], book: Book, language: str
) -> None:
    one, other = [*book.titles(language)][:2]
    for viewport in (DESK, PHONE):
        page = new_page(viewport=viewport)
        page.goto(book.server + url(f"compare/{one}/{other}", language))
        names = page.locator(".hb-pair--names a")
        page.locator("#own").evaluate("(heading) => heading.scrollIntoView()")
        assert [seen(name) for name in names.all()] == [True, True]
        assert seen(page.locator("#own")), "a heading is not covered by the names"
        left, right = (name.bounding_box() for name in names.all())
        assert left
        assert right
        assert left["y"] == right["y"]
        own = page.locator("#own + .hb-link + .hb-pair > div")
        expect(own.first.locator(".hb-label")).to_be_hidden()
        page.evaluate(LARGE_TEXT)
        if viewport is PHONE:
            expect(own.first.locator(".hb-label")).to_be_visible()
            assert not page.evaluate(STICKING_OUT)


# ---- Matrix and table of duties ----


def scrolled_to_the_end(row: Locator) -> None:
    """Scroll as far as it takes to bring the right end of a row into sight."""
    row.locator("td").last.evaluate("(cell) => cell.scrollIntoView({ block: 'nearest' })")


@both_languages
def test_the_heads_of_the_matrix_stay_in_sight(
    new_page: Callable[..., Page], book: Book, language: str
) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(book.server + url("matrix", language))
    rows = page.locator(".hb-matrix tbody tr")
    for width in (768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 700})
        scrolled_to_the_end(rows.last)
        assert seen(rows.last.locator("td").last), width
        assert seen(rows.last.locator("th")), width
        assert seen(page.locator(".hb-matrix thead th").last), width


@both_languages
def test_every_column_of_the_matrix_stands_below_its_name(
    page: Page, book: Book, language: str
) -> None:
    page.goto(book.server + url("matrix", language))
    for width in (768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        names, cells, marks = page.evaluate(COLUMNS)
        assert len(names) == len(cells) == book.roles
        for (left, right), (start, end) in zip(names, cells, strict=True):
            assert start <= left + 0.5, width
            assert right <= end + 0.5, width
            assert abs((left + right) - (start + end)) < 4, "a name stands in the middle"
        assert len({round(end - start) for start, end in cells}) <= 2, "columns are equally wide"
        assert min(marks) >= 24


@both_languages
def test_shared_abilities_stand_apart_from_those_of_one_role(book: Book, language: str) -> None:
    page = book.built.pages[file("matrix", language)]
    shared = page.xpath("//table[contains(@class, 'hb-matrix')]/tbody/tr")
    marks = [len(row.xpath("td/a")) for row in shared]
    assert marks == sorted(marks, reverse=True)
    assert min(marks) > 1
    single = page.xpath("//h2[@id='single']/following-sibling::dl[1]/div/dd/a")
    titles = book.titles(language)
    items = [
        item
        for slug in titles
        for item in book.built.pages[file(f"roles/{slug}", language)].xpath("//li[@id]")
        if item.get("id").startswith("ability-")
    ]
    assert sum(marks) + len(single) == len(items)
    counted = [re.findall(r"\d+", text_of(each)) for each in page.xpath("//article//h2")]
    assert counted == [[str(len(each))] for each in (shared, single) if each]
    assert bool(single) is (book.roles < 40)


@both_languages
def test_on_a_phone_a_row_of_the_matrix_names_its_roles(
    new_page: Callable[..., Page], book: Book, language: str
) -> None:
    page = new_page(java_script_enabled=False, viewport=PHONE)
    page.goto(book.server + url("matrix", language))
    titles = book.titles(language)
    for row in page.locator(".hb-matrix tbody tr").all()[:4]:
        links = row.locator("td a")
        shown = [link.inner_text() for link in links.all()]
        hrefs = [str(link.get_attribute("href")) for link in links.all()]
        assert shown == [titles[href.split("/")[-2]] for href in hrefs]
        count = row.locator(".hb-count")
        expect(count).to_be_visible()
        assert re.findall(r"\d+", count.inner_text()) == [str(len(shown))]
        box = links.first.bounding_box()
        assert box
        assert box["height"] >= 24


@both_languages
def test_the_head_of_the_duty_table_stays_in_sight(page: Page, book: Book, language: str) -> None:
    page.goto(book.server + url("duties", language))
    rows = page.locator(".hb-duty-table tbody tr")
    scrolled_to_the_end(rows.last)
    heads = page.locator(".hb-duty-table thead th")
    assert [seen(head) for head in heads.all()] == [True] * heads.count()
    assert seen(rows.last.locator("th a"))


# ---- Map ----


@both_languages
def test_no_role_stands_on_the_map_without_a_word(book: Book, language: str) -> None:
    page = file("collaboration", language)
    sections = book.built.pages[page].xpath("//div[@id='in-words']/section")
    assert [each.xpath("h2/@id")[0] for each in sections] == [*book.titles(language)]
    said = [[text_of(each) for each in section.xpath("dl/div/dd")] for section in sections]
    assert all(said)
    assert all(text for texts in said for text in texts)
    alone = [texts for texts in said if ALONE[language] in texts]
    assert bool(alone) is (book.roles != 12), "in the hospital duties name a partner of every role"
    drawn = book.built.pages[page].xpath("//div[@id='in-words']//path")
    assert bool(drawn) is (book.roles <= 12)
    assert {"in-words", "others"} <= book.built.ids(page)


@both_languages
def test_what_the_map_says_leads_to_the_words_that_justify_it(book: Book, language: str) -> None:
    page = file("collaboration", language)
    duties = topics = 0
    for link in book.built.links(page, "//div[@id='in-words']//dd"):
        target = book.built.file(link.target)
        assert target
        if link.fragment == "topics":
            count = int(re.findall(r"\d+", link.element.tail or "")[0])
            assert in_common(book.built.pages[target])[0] == count
            topics += 1
        elif link.fragment:
            (heading,) = book.built.pages[target].xpath("//h3[@id=$id]", id=link.fragment)
            assert text_of(heading).split()[0] == text_of(link.element)
            duties += 1
    assert duties > 15
    assert topics > 15


@both_languages
def test_what_is_drawn_is_also_said(book: Book, language: str) -> None:
    if book.roles > 12:
        return
    page = book.built.pages[file("collaboration", language)]
    (words, *_) = {"zh": ("共同事項",), "en": ("Shared topics",)}[language]
    ends = {"named": 0, "topics": 0}
    said = {"named": 0, "topics": 0}
    for section in page.xpath("//div[@id='in-words']/section"):
        own = section.xpath("h2/@id")[0]
        for path in section.xpath("svg/path"):
            if "Q" in path.get("d"):  # here a line ends
                ends["named" if path.get("class") else "topics"] += 1
        for row in section.xpath("dl/div"):
            for link in row.xpath("dd/a[not(contains(@href, '#duty-'))]"):
                if text_of(row.xpath("dt")[0]) != words:
                    said["named"] += own not in link.get("href")
                elif int(re.findall(r"\d+", link.tail or "")[0]) >= 4:
                    said["topics"] += 1
    assert ends == said
    assert ends["named"] > 4


@both_languages
def test_the_drawing_fits_the_text_however_large(
    new_page: Callable[..., Page], book: Book, language: str
) -> None:
    page = new_page(viewport={"width": 1920, "height": 900})
    page.goto(book.server + url("collaboration", language))
    expect(page.locator(".hb-ties svg")).to_have_count(book.roles if book.roles <= 12 else 0)
    for size in ("125%", "150%"):  # of the browser's own: that of the site, and a larger one
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        for section in page.locator(".hb-ties > section:has(svg)").all():
            field, name, whole = (
                section.locator(at).bounding_box() for at in ("svg", "h2", "xpath=.")
            )
            assert field
            assert name
            assert whole
            assert abs(field["x"] + field["width"] - name["x"]) < 1
            assert abs(field["height"] - whole["height"]) < 3
            assert name["y"] < field["y"] + field["height"] * 0.42
            assert name["y"] + name["height"] > field["y"] + field["height"] * 0.58
        text = page.locator(".hb-ties h2 a").first
        assert text.evaluate("(link) => parseFloat(getComputedStyle(link).fontSize)") >= 16
    phone = new_page(viewport=PHONE)
    phone.goto(book.server + url("collaboration", language))
    assert phone.locator(".hb-ties svg:visible").count() == 0


# ---- All of them ----


@both_languages
def test_nothing_sticks_out_however_large_the_text(
    new_page: Callable[..., Page], book: Book, language: str
) -> None:
    page = new_page(reduced_motion="reduce")
    found = []
    for key in ACROSS:
        page.set_viewport_size(DESK)
        page.goto(book.server + url(key, language))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{key} {width}: {each}" for each in page.evaluate(STICKING_OUT)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{key} {width}: the page scrolls sideways")
        page.set_viewport_size(PHONE)
        page.evaluate(LARGE_TEXT)
        found += [f"{key}, text at 200 %: {each}" for each in page.evaluate(STICKING_OUT)]
    assert not found, "\n".join(found)
