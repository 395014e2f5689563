"""The downloads of the built site, and the links to them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from conftest import PUBLISHED
from e2e.authored import LANGUAGE_TAGS, ROLES, file
from e2e.built import Built, text_of
from openpyxl import load_workbook

from handbook.site.downloads import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MADE = {"handbook.csv", "handbook.xlsx", "handbook-offline.zip"}
both_languages = pytest.mark.parametrize("language", LANGUAGE_TAGS)


@pytest.fixture(scope="module")
def built(published_site: Path) -> Built:
    return Built(published_site, PUBLISHED["SITE_URL"])


def downloads(built: Built, page: str) -> Iterator[tuple[str, HtmlElement]]:
    """The downloads that a page links to: file name, link."""
    for link in built.links(page, "//article"):
        if link.target.startswith(f"{built.address}downloads/") and "." in link.target[-5:]:
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
    assert not built.pages[file("downloads", language)].xpath("//*[@data-size]")


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
    sheets = load_workbook(folder / "handbook.xlsx").worksheets
    assert sum(sheet.max_row - 1 for sheet in sheets[:2]) == len(rows)


def test_the_archive_can_be_unpacked_on_any_system(built: Built) -> None:
    with ZipFile(built.folder / "downloads" / "handbook-offline.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert "index.html" in names
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.isascii() and not name.startswith("/") and ".." not in name for name in names)
