"""The downloads of the built site, and the links to them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag
from zipfile import ZipFile

import pytest
from conftest import PUBLISHED, ROOT
from e2e.authored import LANGUAGE_TAGS, ROLES, file
from e2e.built import Built, text_of
from lxml import etree
from openpyxl import load_workbook

from handbook.base.script import simplified
from handbook.pages.loader import load
from handbook.site.downloads import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MADE = {
    *("handbook.csv", "handbook.xlsx", "handbook.json", "handbook.schema.json", "handbook.jsonld"),
    *(f"handbook-{of}.epub" for of in ("zh-Hant", "zh-Hans", "en", "bilingual")),
    *(f"slides-marketing-{of}.pptx" for of in ("zh-Hant", "zh-Hans", "en")),
    "handbook-offline.zip",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
both_languages = pytest.mark.parametrize("language", LANGUAGE_TAGS)


@pytest.fixture(scope="module")
def built(published_site: Path) -> Built:
    return Built(published_site, PUBLISHED["SITE_URL"])


def downloads(built: Built, page: str) -> Iterator[tuple[str, HtmlElement]]:
    """The downloads that a page links to: file name, link."""
    for link in built.links(page, "//article"):
        if link.target.startswith(f"{built.address}downloads/") and "." in link.target[-7:]:
            yield link.target.removeprefix(f"{built.address}downloads/"), link.element


def sizes(built: Built) -> dict[str, int]:
    folder = built.folder / "downloads"
    return {path.name: path.stat().st_size for path in folder.iterdir() if path.suffix != ".html"}


@both_languages
def test_every_download_is_offered_with_its_size(built: Built, language: str) -> None:
    there = sizes(built)
    assert there.keys() >= MADE
    offered = dict(downloads(built, file("downloads", language)))
    assert offered.keys() == there.keys()
    for name, link in offered.items():
        (item,) = link.xpath("ancestor::li")
        assert in_words(there[name]) in text_of(item), name
    page = built.pages[file("downloads", language)]
    assert not page.xpath("//*[@data-size]")
    # The link of a heading stands beside it, not in the corner of the last card.
    assert page.xpath("//article/h2[not(following-sibling::*[1][@class='hb-link'])]") == []


@both_languages
def test_role_pages_offer_what_there_is_in_the_readers_language(
    built: Built, language: str
) -> None:
    tag = LANGUAGE_TAGS[language]
    for role in ROLES:
        page = file(role, language)
        packs = [f"{copy}-{role.removeprefix('roles/')}-{tag}.pdf" for copy in ("role", "trainer")]
        wanted = [*packs, f"handbook-{tag}.pdf"]
        offered = [name for name, _ in downloads(built, page)]
        assert offered == [name for name in wanted if name in sizes(built)], page
        targets = [link.target for link in built.links(page, "//article")]
        assert built.address + file("downloads", language).removesuffix("index.html") in targets


@both_languages
def test_home_leads_to_the_downloads(built: Built, language: str) -> None:
    targets = {built.file(link.target) for link in built.links(file("index", language), "//main")}
    assert file("downloads", language) in targets


def test_the_data_files_are_those_of_this_site(built: Built) -> None:
    folder = built.folder / "downloads"
    text = (folder / "handbook.csv").read_text(encoding="utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(text))]
    for row in rows:
        for key in ("address_zh-Hant", "address_zh-Hans", "address_en"):
            address, _, anchor = row[key].partition("#")
            page = built.file(address)
            assert page, address
            assert anchor in built.ids(page), row[key]
    book: Any = load_workbook(folder / "handbook.xlsx")
    assert sum(book[name].max_row - 1 for name in ("Duties", "Abilities")) == len(rows)
    for name in ("handbook.json", "handbook.schema.json", "handbook.jsonld"):
        json.loads((folder / name).read_text("utf-8"))


@pytest.mark.parametrize("language", [*LANGUAGE_TAGS, "bilingual"])
def test_an_ebook_is_whole(built: Built, language: str) -> None:
    tag = LANGUAGE_TAGS.get(language, language)
    with ZipFile(built.folder / f"downloads/handbook-{tag}.epub") as archive:
        names = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
    package = etree.fromstring(names["package.opf"])
    items = {each.get("id"): each.get("href") for each in package.iterfind(".//{*}item")}
    assert {*items.values()} | {"mimetype", "META-INF/container.xml", "package.opf"} == {*names}
    spine = [items[each.get("idref")] for each in package.iterfind(".//{*}itemref")]
    pages: dict[str, Any] = {
        name: etree.fromstring(text) for name, text in names.items() if ".xhtml" in name
    }
    assert {*spine, "nav.xhtml"} == {*pages}
    ids = {name: {"", *map(str, page.xpath("//@id"))} for name, page in pages.items()}
    for name, page in pages.items():
        targets = [urldefrag(str(each)) for each in page.xpath("//@href[not(. = 'style.css')]")]
        inside = [each for each in targets if not each.url.startswith("https:")]
        assert not [each for each in inside if each.fragment not in ids[each.url or name]], name
        assert page.get("lang") == page.get(LANG)
        assert [each.get(LANG) for each in page.iterfind(".//*[@lang]")] == [
            each.get("lang") for each in page.iterfind(".//*[@lang]")
        ]
    linked = {str(each) for each in pages["nav.xhtml"].xpath("//@href")}
    book = load(ROOT)
    assert len([each for each in linked if "#duty-" in each]) == sum(
        len(role.duties) for role in book.roles("en")
    )
    said = "".join("".join(page.itertext()) for page in pages.values())
    say = simplified if language == "zh-Hans" else str
    for of in {"zh-Hans": ["zh"], "bilingual": ["zh", "en"]}.get(language, [language]):
        duties = [duty for role in book.roles(of) for duty in role.duties]
        wanted = [text for duty in duties for text in (duty.name, *(t.text for t in duty.tasks))]
        wanted += [term.text(of).definition for term in book.vocabulary.group("measures").values()]
        assert [text for text in wanted if say(text) not in said] == []


@both_languages
def test_each_role_has_its_text_beside_its_page(built: Built, language: str) -> None:
    say = simplified if language == "zh-Hans" else str
    for role in load(ROOT).roles(language.partition("-")[0]):
        page = file(f"roles/{role.slug}", language)
        text = (built.folder / page).with_name("index.md").read_text("utf-8")
        title, _, about, _, *_ = text.split("\n")
        assert title == f"# {say(role.title)}"
        assert str(role.section) in about
        assert about.endswith(f" · {built.address}{page.removesuffix('index.html')}")
        for duty in role.duties:
            assert f"\n### {duty.number} {say(duty.name)}\n" in text
            assert all(f"\n- {say(task.text)}\n" in text for task in duty.tasks)
        assert "<" not in text


def test_the_archive_can_be_unpacked_on_any_system(built: Built) -> None:
    with ZipFile(built.folder / "downloads" / "handbook-offline.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names} == {"handbook"}
    assert [name for name in names if name.count("/") == 1] == ["handbook/start-here.html"]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.isascii() and not name.startswith("/") and ".." not in name for name in names)
