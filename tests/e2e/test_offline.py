"""The offline copy, unpacked and opened from the disk in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from conftest import PUBLISHED
from e2e.authored import DERIVED, LANGUAGE_TAGS, OTHER, PAGES, file
from e2e.built import Built
from playwright.sync_api import expect
from search.box import ask, open_search

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Page

ZIP = "downloads/handbook-offline.zip"
RESULT = ".md-search-result__link"


@pytest.fixture(scope="module")
def folder(published_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of the published site, unpacked into a folder with a name as people give them."""
    unpacked = tmp_path_factory.mktemp("offline") / "崗位 手冊 #1"
    with ZipFile(published_site / ZIP) as archive:
        archive.extractall(unpacked)
    return unpacked / "handbook/site"


@pytest.fixture(scope="module")
def copy(folder: Path) -> Built:
    return Built(folder, "file:///")


@pytest.fixture
def root(folder: Path) -> str:
    return folder.as_uri() + "/"


def test_every_page_is_in_the_copy(copy: Built, published_site: Path) -> None:
    keys = [(key, language) for key in (*PAGES, *DERIVED) for language in LANGUAGE_TAGS]
    assert set(copy.pages) >= {file(key, language) for key, language in keys}
    others = {p.name for p in (published_site / "downloads").iterdir() if p.suffix != ".html"}
    copied = {p.name for p in (copy.folder / "downloads").iterdir() if p.suffix != ".html"}
    apart = ("role-", "trainer-", "slides-", "questions-", "training-", "handbook-offline.zip")
    assert copied == {name for name in others if not name.startswith(apart)}
    assert {"handbook-en.pdf", "handbook-bilingual.epub", "handbook.xlsx"} <= copied


def test_the_copy_is_light_and_what_is_for_training_is_in_one_archive_a_language(
    published_site: Path,
) -> None:
    assert (published_site / ZIP).stat().st_size < 6_000_000
    names = {path.name for path in (published_site / "downloads").iterdir()}
    for tag in (*LANGUAGE_TAGS.values(), "bilingual"):
        with ZipFile(published_site / f"downloads/training-{tag}.zip") as archive:
            packed = archive.namelist()
        wanted = [name for name in names if name.split(".")[0].endswith(f"-{tag}")]
        kinds = ("role-", "trainer-", "slides-", "questions-")
        wanted = [
            name for name in wanted if name.startswith(kinds) and not name.endswith((".br", ".gz"))
        ]
        assert sorted(packed) == sorted(f"training-{tag}/{name}" for name in wanted)
        assert len(packed) >= 7


def test_no_page_of_the_copy_names_a_host(copy: Built) -> None:
    named = {}
    for name, page in copy.pages.items():
        found = [
            str(address)
            for address in page.xpath("//@href | //@src")
            if urlsplit(str(address)).scheme not in {"", "data"} or str(address).startswith("/")
        ]
        if found:
            named[name] = found
        source = (copy.folder / name).read_text(encoding="utf-8")
        assert PUBLISHED["SITE_URL"] not in source, name
    assert named == {}


def choices(page: HtmlElement) -> set[str]:
    """What may be chosen in the page's lists, as an address asks for it: `measures=roi`."""
    lists = page.iter("select")
    return {f"{each.get('name')}={of.get('value')}" for each in lists for of in each.iter("option")}


def test_every_link_of_the_copy_leads_to_a_file_and_a_place_in_it(copy: Built) -> None:
    dead: list[str] = []
    ids: dict[str, set[str]] = {}
    for name in copy.pages:
        for address in map(str, copy.pages[name].xpath("//a/@href | //link[@rel='next']/@href")):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = (copy.folder / name).parent / parts.path if parts.path else copy.folder / name
            path = target.resolve().relative_to(copy.folder.resolve()).as_posix()
            if not target.is_file():
                dead.append(f"{name}: {address}")
            elif path in copy.pages:
                if path not in ids:
                    ids[path] = {"", *copy.ids(path), *choices(copy.pages[path])}
                if parts.fragment not in ids[path]:
                    dead.append(f"{name}: {address}")
    assert not dead, "\n".join(dead)


def test_a_reader_without_a_network(page: Page, root: str) -> None:
    """From the home page to a duty, to the same duty in other languages, at last in the dark."""
    asked = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).scheme))
    page.context.set_offline(True)
    page.goto(f"{root}index.html")
    page.get_by_role("link", name="市場推廣").first.click()
    expect(page).to_have_url(f"{root}roles/marketing/index.html")
    page.locator(".hb-summary a", has_text="3.4").click()
    expect(page).to_have_url(f"{root}roles/marketing/index.html#duty-3-4")
    expect(page.locator("#duty-3-4")).to_be_in_viewport()
    for language in ("en", "zh-Hans", "zh-Hant"):
        page.locator(f"header a[hreflang={language}]").click()
        folder = "" if language == "zh-Hant" else f"{language}/"
        expect(page).to_have_url(f"{root}{folder}roles/marketing/index.html#duty-3-4")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#duty-3-4")).to_be_in_viewport()
    page.locator(".hb-palette").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("header a[hreflang=en]").click()
    expect(page).to_have_url(f"{root}en/roles/marketing/index.html#duty-3-4")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert asked <= {"file", "data"}


@pytest.mark.parametrize("language", LANGUAGE_TAGS)
def test_where_to_start_is_said_in_each_language(page: Page, folder: Path, language: str) -> None:
    page.goto((folder.parent / "start-here.html").as_uri())
    says = {"zh": "從這裏開始", "zh-Hans": "从这里开始", "en": "Start here"}[language]
    link = page.locator(f"p[lang={LANGUAGE_TAGS[language]}]").get_by_role("link", name=says)
    link.click()
    expect(page).to_have_url(f"{folder.as_uri()}/{file('index', language)}")
    expect(page.locator("html")).to_have_attribute("lang", LANGUAGE_TAGS[language])


def test_the_text_of_a_page_opens_where_no_script_may_read_it(page: Page, root: str) -> None:
    page.goto(f"{root}en/roles/marketing/index.html")
    page.get_by_role("link", name="Copy the page as text").click()
    expect(page).to_have_url(f"{root}en/roles/marketing/index.md")
    expect(page.locator("body")).to_contain_text("### 3.2 Ad placement and channel management")


@pytest.mark.parametrize(
    ("folder_of", "query", "place"),
    [
        ("", "退貨率", "roles/after-sales/index.html#duty-8-3"),
        ("", "退货率", "roles/after-sales/index.html#duty-8-3"),
        ("zh-Hans/", "退货率", "zh-Hans/roles/after-sales/index.html#duty-8-3"),
        ("zh-Hans/", "退貨率", "zh-Hans/roles/after-sales/index.html#duty-8-3"),
        ("en/", "return rate", "en/roles/after-sales/index.html#duty-8-3"),
    ],
)
def test_search_in_each_script(
    page: Page, root: str, folder_of: str, query: str, place: str
) -> None:
    open_search(page, f"{root}{folder_of}roles/marketing/index.html")
    (answer,) = ask(page, [query])
    found = answer.places(root)
    page.locator(RESULT).nth(found.index(place)).click()
    expect(page.locator("#duty-8-3")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(rf"/{re.escape(place.partition('#')[0])}(\?.*)?#duty-8-3$"))
    expect(page.locator("article mark").first).to_be_visible()


def test_the_views_work(page: Page, root: str) -> None:
    page.goto(f"{root}en/duties/index.html")
    page.locator("select[name=role]").select_option(label="Marketing")
    expect(page.locator(".hb-duty-table tbody tr:visible")).to_have_count(5)
    page.locator(".hb-duty-table tbody tr:visible a").first.click()
    expect(page).to_have_url(re.compile(r"/en/roles/marketing/index\.html#duty-3-1$"))
    page.goto(f"{root}matrix/index.html")
    page.locator(".hb-matrix td a").first.click()
    expect(page).to_have_url(re.compile(r"/roles/[a-z-]+/index\.html#ability-[a-z-]+$"))


@pytest.mark.parametrize("language", OTHER)
def test_downloads_are_in_the_copy_and_it_offers_no_copy(copy: Built, language: str) -> None:
    page = file("downloads", language)
    names = {
        path.rpartition("/")[2] for path in map(str, copy.pages[page].xpath("//article//@href"))
    }
    files = {p.name for p in (copy.folder / "downloads").iterdir() if p.suffix != ".html"}
    kinds = ("handbook", "questions-", "role-", "slides-", "trainer-")
    assert {name for name in names if name.startswith(kinds)} == files
