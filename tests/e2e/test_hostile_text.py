"""Text in, text out: what editors type is published as typed, in every outlet, and nothing else.

One handbook holds hostile text wherever editors write, another as many harmless words: what they
are made of must be the same.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from conftest import PUBLISHED, once, run_in
from e2e import hostile
from e2e.server import serve_folder
from lxml import etree, html
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from handbook.base.script import simplified
from handbook.checks import rules
from handbook.pages import loader
from handbook.site.downloads import COPY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from handbook.pages.diagnostics import Diagnostic

LANGUAGES = {"zh": ("", "zh"), "zh-Hans": ("zh-Hans/", "zh"), "en": ("en/", "en")}
REPORTS = "https://report.example/?a=%22\"'<b>&page={page}&duty={duty}"
ADDRESSES = {"SITE_URL": PUBLISHED["SITE_URL"], "REPORT_URL": REPORTS}
MOVED = "//meta[@http-equiv='refresh']"


def built(folder: Path, pieces: hostile.Pieces) -> Path:
    """The site of the handbook with these pieces, in `folder`, made once."""

    def make(folder: Path) -> None:
        hostile.write(folder, pieces)
        names = (hostile.said(pieces, of)["site"] for of in ("zh", "en"))
        settings = dict(zip(("SITE_NAME", "SITE_NAME_EN"), names, strict=True)) | ADDRESSES
        result = run_in(folder, "mkdocs", "build", "--strict", **settings)
        assert result.returncode == 0, result.stderr

    return once(folder, make) / "site"


@pytest.fixture(scope="module")
def site(shared_tmp: Path) -> Path:
    return built(shared_tmp / "hostile", hostile.allowed)


@pytest.fixture(scope="module")
def harmless_site(shared_tmp: Path) -> Path:
    return built(shared_tmp / "harmless", hostile.harmless)


# ---- What the check refuses


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    hostile.write(folder, lambda _: "")
    return folder


def problems_with(folder: Path, name: str, piece: str) -> tuple[list[Diagnostic], dict[str, str]]:
    """What the check says of one piece in one text, and the files that hold it."""
    sources = hostile.sources(lambda each: piece if each == name else "")
    for path, text in sources.items():
        (folder / path).write_text(text, encoding="utf-8")
    found = rules.check(loader.read(folder))
    return [each for each in found if not each.rule.startswith("edition")], sources


@pytest.mark.parametrize("name", sorted(set(hostile.WORDS) - {"site"}))
def test_what_is_refused_is_refused_with_its_line(plain: Path, name: str) -> None:
    for piece in sorted(hostile.REFUSED):
        found, sources = problems_with(plain, name, piece)
        assert {each.rule for each in found} == {"invisible-character"}, found
        for each in found:
            line = sources[each.path].split("\n")[each.line - 1]
            assert piece in line or hostile.typed(piece) in line or "\\u202e" in line, each


@pytest.mark.parametrize("key", ["roles/<b>", "=1+1", "../x", 'a"b', "{{", "a b", "\u202ex"])
def test_a_redirect_has_no_other_signs_than_an_address(plain: Path, key: str) -> None:
    path = plain / "docs/redirects.yml"
    for text in (f"{json.dumps(key)}: index\n", f"roles/x: {json.dumps(key)}\n"):
        path.write_text(text, encoding="utf-8")
        found = [each for each in rules.check(loader.read(plain)) if "redirects" in each.path]
        assert [each.line for each in found] == [1], found
    path.write_text("", encoding="utf-8")


# ---- What is published


def squeezed(text: str) -> str:
    """A text without what a layout may change: white space, and the size of its first letter."""
    return re.sub(r"\s+", "", text).casefold()


@cache
def expected(pieces: hostile.Pieces, language: str) -> dict[str, tuple[str, str]]:
    """The words of each text and what must follow them, as `squeezed` leaves them."""
    _, written = LANGUAGES[language]
    shown = simplified if language == "zh-Hans" else str
    words = {
        name: text if name == "quoted" else shown(text)  # code is not converted
        for name, text in hostile.said(lambda _: "", written).items()
    }
    return {name: (squeezed(word), squeezed(pieces(name))) for name, word in words.items()}


def spoiled(text: str, language: str, pieces: hostile.Pieces) -> list[str]:
    """Every text that is begun in `text` but does not go on as it was typed."""
    there = squeezed(text)
    return [
        there[match.start() : match.end() + 60]
        for word, rest in expected(pieces, language).values()
        for match in re.finditer(re.escape(word), there)
        if not there.startswith(rest, match.end())
    ]


def texts_of(page: html.HtmlElement) -> Iterator[str]:
    """All that a page says: its text, its title, its attributes; addresses in plain characters."""
    yield from page.xpath("/html/head/title/text()")
    yield "".join(page.xpath("/html/body//text()[not(ancestor::script)]"))
    for name, value in ((n, v) for element in page.iter() for n, v in element.attrib.items()):
        yield unquote(value) if name == "href" else value


def language_of(name: str) -> str:
    return next(of for of in ("zh-Hans", "en", "zh") if name.startswith(LANGUAGES[of][0]))


@cache
def pages(site: Path) -> dict[str, html.HtmlElement]:
    return {
        path.relative_to(site).as_posix(): parsed(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
    }


def parsed(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def test_every_page_says_what_was_typed(site: Path) -> None:
    wrong = [
        f"{name}: {each}"
        for name, page in pages(site).items()
        for text in texts_of(page)
        for each in spoiled(text, language_of(name), hostile.allowed)
        # A page in two languages holds the other one, and the switch names all of them.
        if language_of(name) != "zh-Hans" or "side-by-side" not in name
    ]
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there(site: Path, language: str) -> None:
    folder, _ = LANGUAGES[language]
    said = Counter(
        name
        for path, page in pages(site).items()
        if language_of(path) == language
        for text in ["\n".join(texts_of(page))]
        for name, (word, rest) in expected(hostile.allowed, language).items()
        if word + rest in squeezed(text)
    )
    assert set(said) == set(hostile.WORDS) - {"absent"}  # the search says it
    assert said["site"] >= len([path for path in pages(site) if language_of(path) == language])
    role = squeezed("\n".join(texts_of(pages(site)[f"{folder}roles/marketing/index.html"])))
    texts = expected(hostile.allowed, language).items()
    missing = [name for name, (word, rest) in texts if word + rest not in role]
    of_others = {"home", "topic", "group", "absent", "question", "answer", "edition", "also"}
    assert set(missing) <= of_others


def test_no_element_attribute_or_id_came_into_being(site: Path, harmless_site: Path) -> None:
    made, other = pages(site), pages(harmless_site)
    assert set(made) == set(other)
    for name, page in made.items():
        assert skeleton(page) == skeleton(other[name]), name


def skeleton(page: html.HtmlElement) -> list[tuple[object, ...]]:
    """What a page is made of, without its text; lines of a drawing may break elsewhere."""
    return [
        (element.tag, sorted(element.attrib), element.get("id"), element.get("class"))
        for element in page.iter()
        if element.tag != "tspan"
    ]


def test_scripts_and_policies_are_the_same(site: Path, harmless_site: Path) -> None:
    for name, page in pages(site).items():
        for path in ("//script[not(@type)]", "//meta[@http-equiv]"):
            ours, theirs = (
                [etree.tostring(element, with_tail=False) for element in each.xpath(path)]
                for each in (page, pages(harmless_site)[name])
            )
            assert ours == theirs, name


# ---- What is published beside the pages


def test_the_search_finds_the_texts_as_typed(site: Path) -> None:
    for language, (folder, _) in LANGUAGES.items():
        worker = (site / folder / "search/worker.js").read_text(encoding="utf-8")
        _, _, data = worker.rpartition("handbookAnswer(")
        index = json.loads(data.removesuffix(");\n"))
        shown = [text for entry in index["entries"] for text in entry[4:7]]
        assert not [each for text in shown for each in spoiled(text, language, hostile.allowed)]
        shown += [subject for _, subject, _, _ in index["absent"]]
        everything = squeezed("\n".join(shown))
        for name in ("role", "duty", "task", "ability", "heading", "view", "absent"):
            assert "".join(expected(hostile.allowed, language)[name]) in everything, name


def test_the_sitemap_is_well_formed(site: Path, harmless_site: Path) -> None:
    addresses = [
        [element.text for element in etree.parse(folder / "sitemap.xml").iter("{*}loc")]
        for folder in (site, harmless_site)
    ]
    assert addresses[0] == addresses[1]
    assert len(addresses[0]) > len(hostile.WORDS)


def test_the_tables_hold_the_texts_and_no_formula(site: Path) -> None:
    text = (site / "downloads/handbook.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    book = load_workbook(site / "downloads/handbook.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    asked = load_workbook(site / "downloads/questions-en.xlsx")
    kinds = {cell.data_type for sheet in asked for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "inlineStr", "n"}
    assert {cell.data_type for cell in found} <= {"s", "inlineStr", "n"}
    assert not [cell.value for cell in found if cell.data_type == "n" and cell.value is not None]
    written = [str(cell.value) for cell in found if cell.value]
    for values in (cells, written):
        everything = squeezed("\n".join(values))
        for language in LANGUAGES:
            assert not [e for v in values for e in spoiled(v, language, hostile.allowed)]
            for name in ("role", "duty", "task", "example", "measure", "ability", "topic"):
                assert "".join(expected(hostile.allowed, language)[name]) in everything, name
    assert not [cell for cell in cells if re.match(r"[=+\-@]", cell)]


TYPED = str.maketrans("‘’“”", "''\"\"")
"""Marks that prints set as they should be, and the keys that are typed for them."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prints_say_what_was_typed(site: Path, language: str) -> None:
    tag = {"zh": "zh-Hant"}.get(language, language)
    texts = expected(hostile.allowed, language)
    for print_, names in (
        (f"handbook-{tag}.pdf", ("home", "role", "purpose", "duty", "task", "ability", "measure")),
        (f"role-marketing-{tag}.pdf", ("role", "duty", "task", "example", "question")),
        (f"trainer-marketing-{tag}.pdf", ("duty", "task", "question", "answer")),
    ):
        reader = PdfReader(site / "downloads" / print_)
        there = squeezed("".join(page.extract_text() for page in reader.pages)).translate(TYPED)
        missing = [name for name in names if "".join(texts[name]).translate(TYPED) not in there]
        assert missing == [], print_
        assert not [
            note for page in reader.pages for note in page.get("/Annots") or ()
            if "/JS" in str(note.get_object())
        ]  # fmt: skip


def test_the_offline_copy_says_it_too(site: Path) -> None:
    with ZipFile(site / "downloads/handbook-offline.zip") as archive:
        copied = (name for name in archive.namelist() if name.startswith(COPY))
        names = [name.removeprefix(COPY) for name in copied if name.endswith(".html")]
        assert len(names) > len(hostile.WORDS)
        for name in names:
            wrong = [
                each
                for text in texts_of(parsed(archive.read(f"{COPY}{name}")))
                for each in spoiled(text, language_of(name), hostile.allowed)
            ]
            assert not wrong or "zh-Hans/side-by-side" in name, (name, wrong[:3])


# ---- In a browser


def read(page: Page, address: str, names: Iterable[str]) -> None:
    for name in names:
        page.goto(address + name.removesuffix("index.html"), wait_until="load")


def test_a_browser_sees_nothing_but_text(
    new_page: Callable[..., Page], problems: list[str], site: Path
) -> None:
    """No dialog, no request but the site's own, no error in the console: the watch would tell."""
    with serve_folder(site, below="/base/") as address:
        page = new_page(viewport={"width": 1280, "height": 900})
        page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
        stay = [name for name, tree in pages(site).items() if not tree.xpath(MOVED)]
        read(page, address, [name for name in stay if language_of(name) != "zh-Hans"])
        page.goto(f"{address}en/")
        page.locator(".md-search__input").fill("promotion")
        result = page.locator(".md-search-result__link").first
        expect(result).to_contain_text(hostile.said(hostile.allowed, "en")["duty"])
        result.click()
        expect(page.locator("h1")).to_contain_text(hostile.said(hostile.allowed, "en")["role"])
        assert page.title().endswith(hostile.said(hostile.allowed, "en")["site"])
        page.goto("about:blank")  # the theme may be on its way still, and the server ends
