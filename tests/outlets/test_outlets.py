"""Everything that is written arrives wherever it is published, or the table says why not.

In a copy whose docs/handbook.yml has two labels more, one of prose and one with a vocabulary group
of its own: of a new label, nothing in the code, the templates or the style sheets knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import lxml.html
import pytest
from conftest import ROOT, copy_repository, once, run_in
from outlets.kinds import word_of

from handbook.pages.handbook_file import HANDBOOK
from handbook.site.downloads import COPY, OFFLINE, TEXT

TESTS = ROOT / "tests"

LABELS = """\
  reminder:
    names: {zh: 提醒, en: Reminder}
  forms:
    names: {zh: 表單, en: Forms}
    group: forms
"""
GROUP = "  forms: {zh: 表單, en: Forms}\n"
FOLDERS = ("", "zh-Hans/", "en/")
ROLE = "roles/marketing/"

NO_ROW = "a row is a duty, ability, role or term (in the CSV the first two): other pages have none"
NO_ROLE = "it is of no role"
IN_PACKS = "exercises are in the training packs, in the self-test and in the question bank"
ONLY_ASKED = "the question bank has what is asked, not the pages"

NO_DATA = dict.fromkeys(("CSV", "JSON", "workbook"), NO_ROW)
OF_NO_ROLE = dict.fromkeys(("side by side", "pack", "trainer's copy", "slides", "text"), NO_ROLE)
NO_BOOK = {"e-books": "they have the overview, the roles, who handles what and the glossary"}
ASKED = dict.fromkeys(
    ("search", "side by side", "book", "bilingual book", *NO_DATA, "text", "e-books"), IN_PACKS
)
NOT_ASKED = {"question bank": ONLY_ASKED}

CARRIED: Mapping[str, tuple[str, dict[str, str]]] = {
    "introduction": (ROLE, {"CSV": NO_ROW}),
    "name of a duty": (ROLE, {}),
    "purpose": (ROLE, {}),
    "task": (ROLE, {}),
    "label example": (ROLE, {}),
    "label measures": (ROLE, {}),
    "label partners": (ROLE, {}),
    "label tools": (ROLE, {}),
    "label reminder": (ROLE, {}),
    "label forms": (ROLE, {}),
    "further paragraph": (ROLE, {}),
    "ability": (ROLE, {}),
    "definition": (
        "glossary/measures-visits/",
        OF_NO_ROLE | {"CSV": "one table: duties and abilities"},
    ),
    "topic": ("who-handles-what/", OF_NO_ROLE),
    "exercise": ("self-test/", ASKED),
    "overview": ("overview/", OF_NO_ROLE | NO_DATA),
    "about": ("about/", OF_NO_ROLE | NO_DATA | NO_BOOK),
}
"""For each kind of what is written: its page; and the outlets that do not carry it, with why."""

OUTLETS = {
    "page", "offline copy", "search", "side by side", "drift", "edition", "currency of prints",
    "numbers of prints", "book", "bilingual book", "pack", "trainer's copy", "slides",
    "question bank", "CSV", "JSON", "workbook", "text", "e-books",
}  # fmt: skip


@pytest.fixture(scope="module")
def copy(shared_tmp: Path) -> Path:
    """The copy, with a word of its own in each kind of content; `site` is what is built of it."""
    return once(shared_tmp / "outlets", make_copy)


def make_copy(root: Path) -> None:
    copy_repository(root)
    own = root / HANDBOOK
    text = own.read_text("utf-8")
    for before, added in (("  topics: {", GROUP), ("\n# The groups", LABELS)):
        assert text.count(before) == 1
        text = text.replace(before, added + before)
    own.write_text(text, "utf-8")
    looked = run_in(root, "outlets.look", PYTHONPATH=f"{root / 'hooks'}:{TESTS}")
    assert looked.returncode == 0, looked.stderr
    (root / "found.json").write_text(looked.stdout, "utf-8")
    built = run_in(root, "mkdocs", "build", "--strict", "--site-dir", str(root / "site"))
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="module")
def found(copy: Path) -> dict[str, list[str]]:
    """The outlets at which each kind was seen."""
    seen: dict[str, list[str]] = json.loads((copy / "found.json").read_text("utf-8"))
    return seen


def test_the_table_has_every_kind_and_no_other(found: Mapping[str, object]) -> None:
    assert list(found) == list(CARRIED)
    assert {outlet for _, missing in CARRIED.values() for outlet in missing} <= OUTLETS


@pytest.mark.parametrize("kind", CARRIED)
def test_what_is_written_arrives(kind: str, copy: Path, found: Mapping[str, list[str]]) -> None:
    page, missing = CARRIED[kind]
    arrived = {*found[kind], *published(copy / "site", page, word_of(kind))}
    kept_out = missing if kind == "exercise" else missing | NOT_ASKED
    assert arrived == OUTLETS - kept_out.keys()


def published(site: Path, page: str, word: str) -> Iterator[str]:
    """Whether the word is on the page, in all languages, and in what is made of the pages."""
    paths = [f"{folder}{page}index.html" for folder in FOLDERS if page]
    if page and all(word in content_of((site / path).read_bytes()) for path in paths):
        yield "page"
    with ZipFile(site / "downloads" / OFFLINE) as archive:
        if page and all(word in content_of(archive.read(f"{COPY}{path}")) for path in paths):
            yield "offline copy"
    texts = [(site / path).with_name(TEXT) for path in paths]
    if texts and all(path.is_file() and word in path.read_text("utf-8") for path in texts):
        yield "text"
    if all(word in text_of(book) for book in (site / "downloads").glob("*.epub")):
        yield "e-books"


def text_of(book: Path) -> str:
    with ZipFile(book) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def content_of(page: bytes) -> str:
    tree: Any = lxml.html.document_fromstring(page)
    (content,) = tree.xpath("//div[@data-md-component='content']")
    return str(content.text_content())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_new_label_is_on_pages_that_no_one_told_of_it(copy: Path, folder: str) -> None:
    def page(path: str) -> Any:
        return lxml.html.parse(copy / "site" / folder / path / "index.html").getroot()

    name = {"": "表單", "zh-Hans/": "表单", "en/": "Forms"}[folder]
    word = word_of("label forms")
    role = page(ROLE)
    (line,) = role.xpath("//p[contains(@class, 'duty-forms')]")
    assert line.classes >= {"duty-terms", "duty-forms"}
    (term,) = line.xpath("a[@aria-description]")
    assert (term.text, term.get("href")) == (word, f"../../glossary/forms-{word.lower()}/")
    summary = role.xpath("//p[@class='hb-terms']")[-1]
    assert " ".join(summary.text_content().split()) == f"{name} {word}"
    duties = page("duties")
    assert name in [each.text for each in duties.xpath("//table[@class='hb-duty-table']//th")]
    assert duties.xpath("//select[@name='forms']/option")[-1].text == word
    assert page("glossary").xpath("//h2[@id='forms']")[0].text == name
