"""Another handbook is another docs/: a hospital's is published with no code changed.

Its role pages have other headings, labels, terms and colours (tests/fixtures/hospital). What the
pages of the first handbook are about must be nowhere in it, but for examples for contributors.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from conftest import ROOT, copy_hospital, once, run_in
from openpyxl import load_workbook
from outlets.slide_texts import slide_texts
from pypdfium2 import PdfDocument

from handbook.base.script import simplified
from handbook.pages.handbook_file import OWN
from handbook.pages.loader import load
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import TopicText

pytestmark = pytest.mark.build

HOSPITAL = ROOT / "tests/fixtures/hospital/docs"
EDITION = "2026.10"
FOLDERS = {
    "": ("仁安醫院崗位手冊", "工作內容", "所需能力", "聯絡"),
    "zh-Hans/": ("仁安医院岗位手册", "工作内容", "所需能力", "联络"),
    "en/": ("Yan On Hospital: role handbook", "What you do", "What it takes", "Together with"),
}
"""What the handbook, two sections and a label are called, by language."""
COLOURS = {"#00616b", "#e8f5f6", "#a9d3d7", "#6fd3dd", "#12282b", "#2b5a60", "#04282c"}
PICTURES = {".png"}
SHARED = {"reviews"}
"""Names of topics of the first handbook that the site has a use of its own for."""
FORGE = (".github/ISSUE_TEMPLATE", ".github/pull_request_template.md", ".gitlab")


@pytest.fixture(scope="module")
def copy(shared_tmp: Path) -> Path:
    """A repository with the hospital's pages and the site's code; `site` is what is built of it."""
    return once(shared_tmp / "hospital", make_copy)


def make_copy(root: Path) -> None:
    copy_hospital(root)
    for command in ("edition", EDITION), ("fix",), ("check",):
        result = run_in(root, "handbook", *command)
        assert result.returncode == 0, result.stdout + result.stderr
    assert "no problems" in result.stderr
    built = run_in(root, "mkdocs", "build", "--strict", "--site-dir", str(root / "site"))
    assert built.returncode == 0, built.stdout + built.stderr
    assert "WARNING" not in built.stderr


def texts(path: Path) -> Iterator[str]:
    """All that a published file says."""
    if path.suffix == ".pdf":
        document = PdfDocument(path)
        yield from document.get_metadata_dict().values()
        yield from (page.get_textpage().get_text_range() for page in document)
    elif path.suffix == ".xlsx":
        for sheet in load_workbook(path):
            yield sheet.title
            yield from (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    elif path.suffix == ".pptx":
        yield from slide_texts(path.read_bytes())
    elif path.suffix == ".epub":
        with ZipFile(path) as book:
            yield from (book.read(name).decode() for name in book.namelist())
    elif path.suffix == ".apkg":
        with ZipFile(path) as archive, closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(archive.read("collection.anki2"))
            yield from (fields for (fields,) in base.execute("select flds from notes"))
            ((decks,),) = base.execute("select decks from col")
            yield str(json.loads(decks))
    elif path.suffix == ".css":
        yield path.read_text("utf-8").replace("table-layout:", "")  # CSS's, not the topic
    else:
        yield path.read_text("utf-8")


def first_handbook() -> re.Pattern[str]:
    """What the pages of the first handbook are about, and what its roles and topics are called."""
    book = load(ROOT)
    own = "".join(path.read_text("utf-8") for path in HOSPITAL.rglob("*.*")).casefold()
    topics = book.vocabulary.topics.values()
    names = {name for topic in topics for of in AUTHORED for name in _names(topic.text(of))}
    names = {name for name in names if name.casefold() not in own} - SHARED
    for role in (role for of in AUTHORED for role in book.roles(of)):
        names |= {role.title, role.slug}
    names |= {"電商", "京東", "e-commerce", "ecommerce", "JD"}
    names |= {simplified(name) for name in names}
    words = (rf"\b{re.escape(name)}\b" if name.isascii() else name for name in sorted(names))
    return re.compile("|".join(words), re.IGNORECASE)


def _names(text: TopicText) -> list[str]:
    return [text.name, *text.also]


def test_nothing_of_the_first_handbook_is_published(copy: Path) -> None:
    site, words = copy / "site", first_handbook()
    found, kinds = {}, set()
    for path in sorted(each for each in site.rglob("*") if each.is_file()):
        name = path.relative_to(site).as_posix()
        if path.suffix in PICTURES | {".zip"} or "/contributing/" in f"/{name}":
            continue
        kinds.add(path.suffix)
        said = " ".join(words.findall("\n".join(texts(path))))
        if said:
            found[name] = said
    assert found == {}
    assert kinds == {
        *(".apkg", ".css", ".csv", ".epub", ".html", ".js", ".json", ".jsonld", ".md", ".pdf"),
        *(".pptx", ".svg", ".xlsx", ".xml"),
    }


@pytest.mark.parametrize("folder", FORGE)
def test_nothing_of_it_is_in_what_the_forge_asks(folder: str) -> None:
    words, place = first_handbook(), ROOT / folder
    paths = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    assert paths
    said = {path.name: words.findall(path.read_text("utf-8")) for path in paths}
    assert {name: found for name, found in said.items() if found} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_its_own_names_are_in_all_that_is_published(copy: Path, folder: str) -> None:
    site = copy / "site"
    name, duties, abilities, label = FOLDERS[folder]
    tag = folder.rstrip("/") or "zh-Hant"
    role = (site / folder / "roles/pharmacy/index.html").read_text("utf-8")
    assert f" · {name}</title>" in role
    assert duties.lower() in role.partition("</title>")[0].lower()
    book = "".join("".join(texts(site / f"downloads/handbook-{tag}.pdf")).split())
    worker = (site / folder / "search/worker.js").read_text("utf-8")
    for words in (duties, abilities, label):
        assert f">{words}" in role
        assert words.replace(" ", "") in book
    assert name.replace(" ", "") in book
    assert abilities in worker
    home = (site / folder / "index.html").read_text("utf-8")
    assert f"<title>{name}</title>" in home
    assert "roles/ward-nursing/" in home


def test_its_labels_are_columns_of_the_data(copy: Path) -> None:
    head = (copy / "site/downloads/handbook.csv").read_text("utf-8-sig").partition("\n")[0]
    assert {"caution_en", "equipment_zh-Hans"} <= set(head.strip().split(","))
    assert "tools_en" not in head
    workbook = "\n".join(texts(copy / "site/downloads/handbook.xlsx"))
    assert "輸液泵" in workbook
    assert "Together with" in workbook


def test_its_colours_and_its_picture_are_the_sites(copy: Path) -> None:
    site = copy / "site"
    sheets = "".join(path.read_text("utf-8") for path in site.glob("assets/*.css"))
    first = {each for shades in dict(OWN.accent).values() for each in dict(shades).values()}
    assert {each for each in COLOURS if each not in sheets} == set()
    assert {each for each in first - {"#ffffff"} if each in sheets} == set()
    page = (site / "roles/pharmacy/index.html").read_text("utf-8")
    icon = (HOSPITAL / "assets/images/favicon.svg").read_text("utf-8")
    assert re.findall(r'd="(M13[^"]+)"', icon)[0] in page
    assert "%2300616b" in page  # the icon of the browser's tab
    assert "#c8161d" not in page
    seen = drawn(site / "downloads/handbook-en.pdf")
    assert seen >= {(0x00, 0x61, 0x6B)}
    assert (0xC1, 0x12, 0x1B) not in seen


def drawn(pdf: Path) -> set[tuple[int, ...]]:
    """The colours of a file's first page."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")
    return {colour for _, colour in picture.getcolors(picture.width * picture.height)}
