"""The question bank, read back with what each program reads its file with."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from conftest import ROOT
from openpyxl import load_workbook
from test_cases import small_handbook

from handbook.base.script import simplified
from handbook.pages import loader
from handbook.pages.model import Handbook
from handbook.site.files.question_bank import Bank, bank, write
from handbook.versions.editions import Edition

EDITION = Edition("2026.11", date(2026, 11, 22))
LANGUAGES = {"zh-Hant": "zh", "zh-Hans": "zh-Hans", "en": "en"}
every_language = pytest.mark.parametrize("tag", LANGUAGES)
CHANGED = {"zh": "改過的答案 <1>", "en": "A changed answer <1>"}


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    """The real one, an answer of which has been changed."""
    real = loader.load(ROOT)
    first, *rest = real.exercises
    return replace(real, exercises=(replace(first, answer=CHANGED), *rest))


@pytest.fixture(scope="module")
def folder(handbook: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bank")
    write(handbook, EDITION, made)
    return made


def asked(handbook: Handbook, tag: str) -> Bank:
    return bank(handbook, LANGUAGES[tag], "2026.11")


def changed(tag: str) -> str:
    return (
        CHANGED["en"]
        if tag == "en"
        else simplified(CHANGED["zh"])
        if "Hans" in tag
        else CHANGED["zh"]
    )


@every_language
def test_a_workbook_has_a_question_in_each_row(tag: str, handbook: Handbook, folder: Path) -> None:
    sheet: Any = load_workbook(folder / f"questions-{tag}.xlsx").worksheets[0]
    titles, *rows = sheet.iter_rows(values_only=True)
    heads = {
        "zh-Hant": ("題型", "題幹", "選項A", "選項B", "選項C", "選項D", "答案", "解析"),
        "zh-Hans": ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析"),
        "en": (
            "Type", "Question", "Option A", "Option B", "Option C", "Option D", "Answer",
            "Explanation",
        ),
    }  # fmt: skip
    assert titles[:8] == heads[tag]
    cards = asked(handbook, tag).cards
    assert len(rows) == len(cards) > 130
    for row, card in zip(rows, cards, strict=True):
        assert tuple(text for text in row[2:6] if text) == card.options
        assert row[1] == card.text
        assert row[6] == (card.right or card.answer)
        assert not card.right or card.options["ABCD".index(card.right)] == card.answer
        assert {card.duties, "2026.11", card.origin, card.id} <= {*row}
    assert changed(tag) in [row[6] for row in rows]


@every_language
def test_moodle_reads_choices_and_essays(tag: str, handbook: Handbook, folder: Path) -> None:
    cards = asked(handbook, tag).cards
    found = ElementTree.parse(folder / f"questions-{tag}.xml").getroot()
    questions = [each for each in found if each.get("type") != "category"]
    categories = [each.findtext("category/text", "") for each in found.iter("question")]
    assert len([each for each in categories if each]) == len({card.role for card in cards})
    assert [each.findtext("idnumber") for each in questions] == [card.id for card in cards]
    for each, card in zip(questions, cards, strict=True):
        assert text_of(each.findtext("questiontext/text")) == card.text
        feedback = text_of(each.findtext("generalfeedback/text"))
        assert card.duties in feedback
        assert "2026.11" in feedback
        if card.options:
            right = [a for a in each.iter("answer") if a.get("fraction") == "100"]
            assert [text_of(a.findtext("text")) for a in right] == [card.answer]
            assert [text_of(a.findtext("text")) for a in each.iter("answer")] == [*card.options]
        else:
            assert each.get("type") == "essay"
            assert card.answer in text_of(each.findtext("graderinfo/text"))
    assert sum(changed(tag) in text_of(q.findtext("graderinfo/text")) for q in questions) == 1


def text_of(html: str | None) -> str:
    """What a reader sees of HTML."""
    root = ElementTree.fromstring(f"<div>{html or ''}</div>")
    return "".join(root.itertext())


@every_language
def test_anki_finds_a_card_for_each_note_in_a_deck_that_is_there(
    tag: str, handbook: Handbook, folder: Path, tmp_path: Path
) -> None:
    cards = asked(handbook, tag).cards
    with ZipFile(folder / f"questions-{tag}.apkg") as archive:
        assert json.loads(archive.read("media")) == {}
        (tmp_path / "c.anki2").write_bytes(archive.read("collection.anki2"))
    base = sqlite3.connect(tmp_path / "c.anki2")
    assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    decks, models = (
        json.loads(x) for x in base.execute("select decks, models from col").fetchone()
    )
    (model,) = models.values()
    notes = base.execute(
        "select flds, mid, did, tags from notes join cards on nid = notes.id order by due"
    ).fetchall()
    assert len(notes) == len(cards)
    for (fields, mid, did, tags), card in zip(notes, cards, strict=True):
        said = [text_of(field.replace("<br>", "")) for field in fields.split("\x1f")]
        assert len(said) == len(model["flds"])
        assert said[0] == card.text
        assert said[2] == (f"{card.right}. {card.answer}" if card.right else card.answer)
        assert said[4:] == [card.duties, "2026.11"]
        assert mid == model["id"]
        assert decks[str(did)]["name"].endswith(f"::{card.role}")
        assert tags == (" generated " if card.options else " written ")
    assert changed(tag) in [text_of(fields.split("\x1f")[2]) for fields, *_ in notes]
    assert len(set(base.execute("select guid from notes"))) == len(cards)
    base.close()


def test_the_same_handbook_gives_the_same_bytes(
    handbook: Handbook, folder: Path, tmp_path: Path
) -> None:
    write(handbook, EDITION, tmp_path)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_small_handbook_has_the_columns_of_options_too(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    said = '{question: "?", answer: "!"}'
    exercise = f'first:\n  duty: "3.1"\n  zh: {said}\n  en: {said}\n'
    (tmp_path / "docs/exercises.yml").write_text(exercise, "utf-8")
    write(loader.load(tmp_path), EDITION, tmp_path)
    sheet: Any = load_workbook(tmp_path / "questions-en.xlsx").worksheets[0]
    titles, row, *_ = sheet.iter_rows(values_only=True)
    assert titles[1:7] == ("Question", "Option A", "Option B", "Option C", "Option D", "Answer")
    assert row[1:7] == ("?", None, None, None, None, "!")


def test_where_nothing_is_asked_there_are_no_files(tmp_path: Path) -> None:
    write(Handbook(loader.load(ROOT).vocabulary, {}), EDITION, tmp_path)
    assert [*tmp_path.iterdir()] == []
