"""The slides on each role, read back with the library that office files are read with."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from conftest import ROOT
from lxml import etree
from pptx import Presentation

from handbook.base.script import simplified
from handbook.base.words import words
from handbook.pages import loader
from handbook.pages.handbook_file import OWN
from handbook.pages.model import Handbook, Passage
from handbook.pages.schema import SECTIONS
from handbook.site.files.slides import slides, write
from handbook.site.print.printing import Printing
from handbook.site.print.words import typographic
from handbook.versions.editions import Edition, folder_of

EDITION = Edition("2026.11", date(2026, 11, 22))
SITE = "https://handbook.example/base/"
LANGUAGES = {"zh": ("zh-Hant", "zh-TW"), "zh-Hans": ("zh-Hans", "zh-CN"), "en": ("en", "en-GB")}
every_language = pytest.mark.parametrize("language", LANGUAGES)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HEADINGS = next(section.headings for section in SECTIONS if section.key == "abilities")
ROLE, DUTY = "product-operations", "2.1"


def printing_of(handbook: Handbook) -> Printing:
    return Printing(handbook, EDITION, SITE)


@pytest.fixture(scope="module")
def printing() -> Printing:
    return printing_of(loader.load(ROOT))


@pytest.fixture(scope="module")
def folder(printing: Printing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("slides")
    write(printing, made)
    return made


def authored(language: str) -> str:
    return language.partition("-")[0]


def deck_of(folder: Path, slug: str, language: str) -> list[Any]:
    return [*Presentation(str(folder / f"slides-{slug}-{LANGUAGES[language][0]}.pptx")).slides]


def said(slide: Any) -> str:
    return "\n".join(holder.text_frame.text for holder in slide.placeholders)


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def title(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


@every_language
def test_every_duty_is_there_in_full(printing: Printing, folder: Path, language: str) -> None:
    tell: Callable[[str], str] = partial(typographic, language=language)
    roles = printing.handbook.roles(authored(language))
    assert len([*folder.iterdir()]) == len(roles) * len(LANGUAGES)
    for role in roles:
        front, summary, *rest = deck_of(folder, role.slug, language)
        assert title(front) == tell(role.title)
        assert "2026.11" in said(front)
        assert all(tell(passage.text) in said(summary) for passage in role.intro)
        for duty in role.duties:
            name = tell(f"{duty.number} {duty.name}")
            assert name in said(summary)
            own = [slide for slide in rest if title(slide).startswith(name)]
            there = "\n".join(map(said, own))
            texts = [passage.text for passage in duty.passages()]
            assert [text for text in texts if tell(text) not in there] == []
            assert duty.purpose
            assert all(tell(duty.purpose.text) in notes(slide) for slide in own)
            listened = [tell(each.passage.text) for each in duty.labelled.values()]
            assert [line for slide in own for line in listened if line not in notes(slide)] == []
        heading = tell(HEADINGS[authored(language)])
        (asked,) = [slide for slide in rest if title(slide) == heading]
        for ability in role.abilities:
            assert tell(ability.term.words) in said(asked)
            assert tell(ability.qualification.text) in said(asked)
            term = printing.handbook.vocabulary.abilities[ability.term.id]
            assert tell(term.text(authored(language)).definition) in notes(asked)


@every_language
def test_a_case_has_its_answer_in_the_notes_only(
    printing: Printing, folder: Path, language: str
) -> None:
    of, tell = authored(language), partial(typographic, language=language)
    for role in printing.handbook.roles(of):
        deck = deck_of(folder, role.slug, language)
        exercises = [each for each in printing.handbook.exercises if each.role == role.slug]
        for n, each in enumerate(exercises, start=1):
            (case,) = [slide for slide in deck if tell(each.question[of]) in said(slide)]
            assert title(case) == tell(words(of)("pdf.case", n=n))
            assert tell(each.answer[of]) in notes(case)
            assert tell(each.answer[of]) not in said(case)
            for at in each.duties:
                twin = printing.questions.duties[at]
                assert tell(f"{twin.number} {twin.name[of]}") in notes(case)
                assert all(tell(task[of]) in notes(case) for task in twin.tasks)
        assert tell(words(of)("pdf.run-1")) in notes(deck[0])


@every_language
def test_the_last_slide_leads_to_the_role_and_to_what_has_changed(
    folder: Path, language: str
) -> None:
    *_, last = deck_of(folder, ROLE, language)
    frames = [holder.text_frame for holder in last.placeholders]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
    assert [run.hyperlink.address for run in runs if run.hyperlink.address] == [
        "https://creativecommons.org/licenses/by/4.0/",
        f"{SITE}{folder_of(language)}roles/{ROLE}/",
        f"{SITE}{folder_of(language)}e/2026.11/{ROLE}/",
    ]


@every_language
def test_every_text_is_in_a_placeholder_and_in_its_language(folder: Path, language: str) -> None:
    for path in folder.glob(f"*-{LANGUAGES[language][0]}.pptx"):
        deck = Presentation(str(path))
        assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
        for slide in deck.slides:
            assert all(shape.is_placeholder for shape in slide.shapes)
            assert title(slide)
            assert all(holder.text_frame.text for holder in slide.placeholders)
            assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)
            parts = [slide, *([slide.notes_slide] if slide.has_notes_slide else [])]
            runs = [run for part in parts for run in part.element.iter(f"{A}r", f"{A}fld")]
            tags = {run.find(f"{A}rPr").get("lang") for run in runs}
            assert tags == {LANGUAGES[language][1]}


def test_the_theme_has_the_handbooks_colour(folder: Path) -> None:
    with ZipFile(folder / f"slides-{ROLE}-en.pptx") as file:
        assert not [name for name in file.namelist() if "printer" in name or "thumbnail" in name]
        theme = etree.fromstring(file.read("ppt/theme/theme1.xml"))
    (accent,) = theme.iterfind(f".//{A}accent1/{A}srgbClr")
    assert f"#{accent.get('val')}".lower() == OWN.accent.light.text


def test_a_long_duty_takes_several_slides(printing: Printing) -> None:
    pages = dict(printing.handbook.role_pages)
    role = pages["en", f"roles/{ROLE}"]
    first = role.duties[0]
    tasks = tuple(Passage(f"Task {n} {'of many words ' * 12}.", "", 1) for n in range(12))
    long = replace(first, tasks=tasks)
    pages["en", f"roles/{ROLE}"] = replace(role, duties=(long, *role.duties[1:]))
    made = slides(printing_of(replace(printing.handbook, role_pages=pages)), "en", ROLE)
    own = [s for s in Presentation(io.BytesIO(made)).slides if title(s).startswith(DUTY)]
    assert [title(slide) for slide in own] == [
        f"{DUTY} {first.name} ({n}/{len(own)})" for n in range(1, len(own) + 1)
    ]
    shares = [said(slide).count("Task ") for slide in own]
    assert (sum(shares), max(shares) <= 5) == (12, True)


def test_the_same_handbook_gives_the_same_bytes(printing: Printing, folder: Path) -> None:
    for language, (tag, _) in LANGUAGES.items():
        again = slides(printing_of(printing.handbook), language, ROLE)
        assert again == (folder / f"slides-{ROLE}-{tag}.pptx").read_bytes()


def test_simplified_slides_are_in_simplified(folder: Path) -> None:
    for slide in deck_of(folder, ROLE, "zh-Hans"):
        text = said(slide) + (notes(slide) if slide.has_notes_slide else "")
        assert simplified(text) == text
