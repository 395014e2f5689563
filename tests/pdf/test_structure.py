"""What assistive technology and readers' programs rely on: tags, languages, names, fonts, links."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

import pypdf
import pypdfium2
import pytest
from pdf.prints import Print, squeezed
from pypdf.generic import NameObject, TextStringObject

from handbook.base.script import simplified
from handbook.pages.model import Handbook
from handbook.pages.schema import GROUPS
from handbook.site.print.downloads import Download
from handbook.site.print.words import words

BOOKS = ("handbook-zh-Hant", "handbook-zh-Hans", "handbook-en", "handbook-bilingual")
LANGUAGES = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en-GB", "bilingual": "zh-TW"}
CONTENTS = ("目錄", "目录", "Contents")
TRAINEES = ("role-marketing-zh-Hant", "role-data-analysis-zh-Hans", "role-supply-chain-en")
PACKS = (*TRAINEES, "role-marketing-bilingual", "trainer-data-analysis-en")


def test_there_is_every_file_that_the_site_offers(
    handbook: Handbook, prints: dict[str, Print]
) -> None:
    packs = {
        f"{copy}-{role.slug}-{tag}"
        for role in handbook.roles("zh")
        for copy, tags in (("role", LANGUAGES), ("trainer", ("zh-Hant", "zh-Hans", "en")))
        for tag in tags
    }
    assert set(prints) == {*BOOKS, *packs}


@pytest.mark.parametrize("name", [*BOOKS, *PACKS])
def test_the_file_says_what_it_is(name: str, prints: dict[str, Print]) -> None:
    found = prints[name]
    tag = re.sub(r"^handbook-|^(?:role|trainer)-.*?-(?=zh-Han|en$|bilingual$)", "", name)
    assert found.catalog["/Lang"] == LANGUAGES[tag]
    assert found.catalog["/MarkInfo"]["/Marked"] is True or found.catalog["/MarkInfo"]["/Marked"]
    assert found.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = found.catalog["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert found.reader.metadata is not None
    title = found.reader.metadata.title
    assert title
    assert title in metadata
    assert all(str(page["/Tabs"]) == "/S" for page in found.reader.pages if "/Annots" in page)


@pytest.mark.parametrize("name", [*BOOKS, *PACKS])
def test_the_tags_make_an_outline_without_gaps(name: str, prints: dict[str, Print]) -> None:
    tags = list(prints[name].tags())
    kinds = {tag.kind for tag in tags}
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/Link"} <= kinds
    levels = [int(tag.kind[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag.kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    figures = [tag for tag in tags if tag.kind == "/Figure"]
    assert figures  # the code on the cover
    assert all(str(figure.values.get("/Alt", "")).strip() for figure in figures)


@pytest.mark.parametrize("name", BOOKS)
def test_tables_have_header_cells(name: str, prints: dict[str, Print]) -> None:
    kinds = [tag.kind for tag in prints[name].tags()]
    if name != "handbook-bilingual":
        assert kinds.count("/TH") >= 8 + 3  # the matrix, the glossary


def test_passages_in_another_language_are_tagged_with_it(
    handbook: Handbook, prints: dict[str, Print]
) -> None:
    bilingual = [tag.language for tag in prints["handbook-bilingual"].tags()]
    duties = sum(len(role.duties) for role in handbook.roles("en"))
    assert bilingual.count("en-GB") > 3 * duties  # heading, purpose, list and more of each
    entries = [each for group in GROUPS for each in handbook.vocabulary.entries(group).values()]
    terms = sum(each.text("zh").name != each.text("en").name for each in entries)  # not "ROI ROI"
    for name, other in (("en", "zh-TW"), ("zh-Hant", "en-GB"), ("zh-Hans", "en-GB")):
        found = prints[f"handbook-{name}"]
        assert not [tag for tag in found.tags() if tag.language]
        # The other name of each term, within its line.
        assert found.languages().count(other) >= terms


@pytest.mark.parametrize("name", [*BOOKS, *PACKS])
def test_every_font_is_embedded(name: str, prints: dict[str, Print]) -> None:
    fonts = prints[name].fonts()
    assert fonts
    for font, descriptor in fonts.items():
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), font


@pytest.mark.parametrize("name", BOOKS)
def test_bookmarks_lead_to_every_duty(
    name: str, handbook: Handbook, prints: dict[str, Print]
) -> None:
    found = prints[name]
    say = simplified if name.endswith("Hans") else str
    titles = {squeezed(title): page for _, title, page in found.bookmarks()}
    for role in handbook.roles("en" if name.endswith("-en") else "zh"):
        twin = next(r for r in handbook.roles("en") if r.slug == role.slug)
        for duty, other in zip(role.duties, twin.duties, strict=True):
            words_of = f"{duty.number}{say(duty.name)}"
            if name == "handbook-bilingual":
                words_of += other.name
            page = titles[squeezed(words_of)]
            text = squeezed(found.pages[page - 1])
            assert squeezed(f"{duty.number}{say(duty.name)}") in text, (duty.number, page)


@pytest.mark.parametrize("name", BOOKS)
def test_the_contents_give_the_pages_that_bookmarks_lead_to(
    name: str, prints: dict[str, Print]
) -> None:
    found = prints[name]
    (contents,) = [n for _, title, n in found.bookmarks() if title.split()[0] in CONTENTS]
    shown = re.findall(r"^(\d+)\s+(\d\.\d) ", found.pages[contents - 1], re.MULTILINE)
    rows = {number: page for page, number in shown}
    duties = {
        title.split()[0]: page
        for _, title, page in found.bookmarks()
        if re.match(r"\d\.\d ", title)
    }
    assert len(duties) == 35
    assert {number: int(page) for number, page in rows.items()} == duties


@pytest.mark.parametrize("name", [*BOOKS, *PACKS])
def test_links_lead_somewhere(name: str, prints: dict[str, Print]) -> None:
    found = prints[name]
    pages = {
        page.indirect_reference.idnum for page in found.reader.pages if page.indirect_reference
    }
    named = found.reader.named_destinations
    links = found.annotations("/Link")
    assert links
    for link in links:
        assert "/StructParent" in link
        assert re.match(r"\w", str(link["/Contents"])), "what a screen reader says of the link"
        if "/A" in link and "/URI" in link["/A"]:
            assert re.match(r"https://handbook\.example/base/", link["/A"]["/URI"])
            continue
        target: Any = link["/Dest"] if "/Dest" in link else link["/A"]["/D"]
        if isinstance(target, str):
            target = named[target].dest_array
        assert target.get_object()[0].idnum in pages


def test_links_to_duties_are_named_after_them(prints: dict[str, Print]) -> None:
    names = [str(link["/Contents"]) for link in prints["handbook-en"].annotations("/Link")]
    assert names.count("3.2 Ad placement and channel management, page 7") >= 2


def test_page_counts_are_sane(prints: dict[str, Print]) -> None:
    for name, found in prints.items():
        low, high = (22, 42) if name.startswith("handbook") else (6, 15)
        assert low <= len(found.pages) <= high, name
        empty = [n for n, page in enumerate(found.pages) if len(page.strip()) <= 20]
        if name.startswith("role-"):  # what is signed is a leaf of its own
            assert len(found.pages) % 2 == 1, name
            empty = [n for n in empty if n != len(found.pages) - 2]
        assert empty == [], name


@pytest.mark.parametrize("name", BOOKS)
def test_a_role_is_one_leaf(name: str, handbook: Handbook, prints: dict[str, Print]) -> None:
    """It begins on a right-hand page, and the next one two pages on."""
    found = prints[name]
    roles = handbook.roles("en" if name.endswith("-en") else "zh")
    starts = [n for depth, title, n in found.bookmarks() if depth == 0]
    say = simplified if name.endswith("Hans") else str
    titles = [title for depth, title, n in found.bookmarks() if depth == 0]
    first = next(n for n, title in enumerate(titles) if title.startswith(say(roles[0].title)))
    pages = starts[first : first + len(roles) + 1]
    assert pages[0] % 2 == 1
    assert [after - before for before, after in pairwise(pages)] == [2] * len(roles)


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_has_six_sizes_of_type(name: str, prints: dict[str, Print]) -> None:
    assert prints[name].sizes() == {7.5, 8.5, 10, 12.5, 26, 48}


@pytest.mark.parametrize("name", BOOKS)
def test_no_page_is_nearly_empty(name: str, prints: dict[str, Print]) -> None:
    found = prints[name]
    filled = {n: found.filled(n) for n in range(1, len(found.document) + 1)}
    assert {n: share for n, share in filled.items() if share < 0.52} == {}


def test_the_heads_of_rows_are_tagged(prints: dict[str, Print]) -> None:
    for name in BOOKS:
        tags = list(prints[name].tags())
        assert sum(tag.kind == "/Table" for tag in tags) == 1, name  # all else is lists
        heads: list[Any] = [tag.values["/A"] for tag in tags if tag.kind == "/TH"]
        scopes = [head[0]["/Scope"] for head in heads]
        rows = [tag for tag in tags if tag.kind == "/TR"]
        assert scopes == ["/Column"] * 8 + ["/Row"] * (len(rows) - 1), name
        assert not [tag for tag in tags if tag.kind == "/TD" and "/Headers" in str(tag.values)]


def test_a_link_is_named_by_what_it_leads_to(prints: dict[str, Print]) -> None:
    names = {str(link["/Contents"]) for link in prints["handbook-en"].annotations("/Link")}
    assert {name for name in names if name.startswith("page ")} == set()
    assert "Writing: good writing skills, page 14" in names  # a dot of the matrix


def test_the_files_are_small(prints: dict[str, Print]) -> None:
    for name, found in prints.items():
        assert len(found.pdf) < (750_000 if name.startswith("handbook") else 300_000), name


def test_headings_stand_with_what_follows(prints: dict[str, Print]) -> None:
    """No heading is the last line of a page."""
    for name, found in prints.items():
        headings: dict[int, set[str]] = {}
        for _, title, page in found.bookmarks():
            headings.setdefault(page, set()).add(squeezed(title))
        for number, text in enumerate(found.pages, start=1):
            last = squeezed(([line for line in text.splitlines() if line.strip()] or ["."])[-1])
            assert last not in headings.get(number, set()), (name, number)


# ---- Training packs ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TRAINEES)
def test_the_summary_is_one_page(name: str, handbook: Handbook, prints: dict[str, Print]) -> None:
    found = prints[name]
    slug, tag = re.fullmatch(r"role-(.+?)-(zh-Hant|zh-Hans|en)", name).groups()  # type: ignore[union-attr]
    language = {"zh-Hant": "zh"}.get(tag, tag)
    say = simplified if language == "zh-Hans" else str
    (role,) = (r for r in handbook.roles("en" if tag == "en" else "zh") if r.slug == slug)
    first = squeezed(found.pages[0])
    for duty in role.duties:
        assert duty.purpose
        assert squeezed(say(f"{duty.number}{duty.name}{duty.purpose.text}")) in first
    for ability in role.abilities:
        assert squeezed(say(ability.term.words)).casefold() in first.casefold()
    of = "en" if tag == "en" else "zh"
    for label, uses in role.terms():
        terms = [handbook.vocabulary.terms[use.id][1] for use in uses]
        for text in (label.names[of], *(term.text(of).name for term in terms)):
            assert squeezed(say(text)).casefold() in first.casefold()
    assert squeezed(words(language)["pack-in-full"]) in squeezed(found.pages[1])


@pytest.mark.parametrize("name", PACKS)
def test_fields_are_named_tagged_and_empty(
    name: str, books: dict[str, Download], prints: dict[str, Print]
) -> None:
    found, wanted = prints[name], books[f"{name}.pdf"].fields
    widgets = {str(each["/T"]): each for each in found.annotations("/Widget")}
    assert set(widgets) == set(wanted)
    assert len(found.catalog["/AcroForm"]["/Fields"]) == len(wanted)
    forms = [tag for tag in found.tags() if tag.kind == "/Form"]
    assert len(forms) == len(wanted)
    for key, field in wanted.items():
        widget = widgets[key]
        assert widget["/TU"] == field.name
        assert widget["/FT"] == ("/Btn" if field.kind == "box" else "/Tx")
        assert widget["/V"] == ("/Off" if field.kind == "box" else "")
        assert widget["/F"] == 4  # printed
        assert "/A" not in widget
    assert not [a for a in found.annotations("/Link") if "field:" in str(a.get("/A"))]


def test_each_task_has_a_box_and_each_duty_and_ability_room_for_notes(
    handbook: Handbook, books: dict[str, Download]
) -> None:
    for role in handbook.roles("en"):
        fields = books[f"role-{role.slug}-en.pdf"].fields
        ticks = [field.name.casefold() for key, field in fields.items() if "tick-" in key]
        tasks = [task.text.casefold() for duty in role.duties for task in duty.tasks]
        assert ticks == [f"i can {task}".replace("'", "’") for task in tasks]
        notes = [field for key, field in fields.items() if key.startswith(("note-", "talk-"))]
        assert [(field.kind, field.name) for field in notes] == [
            *(("lines", f"An example of mine: {d.number} {d.name}") for d in role.duties),
            *(("lines", f"Notes: {ability.term.words}") for ability in role.abilities),
        ]


def test_a_box_to_tick_stands_on_the_first_line_of_its_task(
    handbook: Handbook, prints: dict[str, Print]
) -> None:
    found = prints["role-marketing-en"]
    widgets = {str(each["/T"]): each for each in found.annotations("/Widget")}
    page = next(n for n, text in enumerate(found.pages) if "Self-check" in text)
    text = found.document[page].get_textpage()
    for duty in handbook.role_pages["en", "roles/marketing"].duties[:3]:
        for n, task in enumerate(duty.tasks, start=1):
            at = text.search(task.text[1:20]).get_next()
            assert at, task.text
            _, low, _, high = text.get_charbox(at[0])
            _, bottom, _, top = map(float, widgets[f"tick-{duty.anchor}-{n}"]["/Rect"])
            assert bottom < (low + high) / 2 < top, task.text


@pytest.mark.browser  # what is typed is drawn in the fonts of the machine, which come with it
def test_what_is_filled_in_shows(prints: dict[str, Print]) -> None:
    """A tick is drawn by the reader's program, and so is what is typed, Chinese too."""
    found = prints["role-marketing-zh-Hant"]
    writer = pypdf.PdfWriter(io.BytesIO(found.pdf))
    pages: Any = writer.pages
    for page in pages:
        for reference in page.get("/Annots", ()):
            widget = reference.get_object()
            if widget.get("/FT") == "/Btn":
                widget[NameObject("/V")] = widget[NameObject("/AS")] = NameObject("/Yes")
            if widget.get("/T") == "trainee-name":
                widget[NameObject("/V")] = TextStringObject("陳大文")
                del widget["/AP"]
    ticked = io.BytesIO()
    writer.write(ticked)
    for words_on_page, more in (("自我核對", 100), ("簽字確認", 30)):
        at = next(n for n, text in enumerate(found.pages) if words_on_page in text)
        assert _ink(ticked.getvalue(), at) > _ink(found.pdf, at) + more


def _ink(pdf: bytes, page: int) -> int:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    picture = document[page].render(scale=1, grayscale=True, may_draw_forms=True).to_pil()
    return sum(picture.histogram()[:128])


def test_the_trainee_has_the_cases_and_the_trainer_the_answers(prints: dict[str, Print]) -> None:
    trainee, trainer = prints["role-product-operations-en"], prints["trainer-product-operations-en"]
    question, answer = "A product’s sales fall. What do you look at?", "Look at its price and"
    for found in (trainee, trainer):
        assert question in found.text
    assert answer not in trainee.text
    assert "Trainee" in trainee.pages[-1]
    assert "2026.11" in trainee.pages[-1]
    (page,) = [text for text in trainer.pages if answer in text]
    said = " ".join(page.split())
    assert "From: 2.3 Product data monitoring and adjustment Tasks to go through:" in said
    assert "Spot problems and make adjustments promptly" in said
    assert "Sign-off" not in trainer.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bilingual_pack_says_everything_in_both(
    language: str, handbook: Handbook, prints: dict[str, Print]
) -> None:
    found = prints["role-marketing-bilingual"]
    role = handbook.role_pages[language, "roles/marketing"]
    for duty in role.duties:
        for text in (duty.name, *(passage.text for passage in duty.passages())):
            assert squeezed(text) in found.running, text
    for key in ("pack-in-full", "check", "quick", "sort", "sign-off", "trainee"):
        assert squeezed(words(language)[key]) in found.running, key


def test_a_role_without_exercises_has_no_empty_page_for_them(prints: dict[str, Print]) -> None:
    found = prints["role-supply-chain-en"]
    assert not any("Case" in text for text in found.pages)
