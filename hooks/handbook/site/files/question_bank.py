"""The questions as files for other programs: a workbook, Moodle's XML and a deck for Anki.

One of each in every language. The same handbook and edition give the same bytes.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from handbook.base.script import simplified
from handbook.base.table import TAGS, Column, Table
from handbook.base.words import words
from handbook.pages.model import Handbook
from handbook.pages.schema import DERIVED, authored
from handbook.site import downloads
from handbook.site.files import anki_deck
from handbook.site.files.workbook import About, workbook
from handbook.versions.editions import Edition
from handbook.views.questions import LETTERS, Question, Questions


@dataclass(frozen=True, slots=True)
class Card:
    """A question in one language; `right` is its answer's letter, "" where none is offered."""

    id: str
    role: str
    text: str
    options: tuple[str, ...]
    right: str
    answer: str
    reason: str
    duties: str
    edition: str
    kind: str
    origin: str


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions in one language ("zh", "en" or "zh-Hans"), below the handbook's title."""

    title: str
    language: str
    cards: Sequence[Card]


def bank(handbook: Handbook, language: str, edition: str) -> Bank:
    """The questions of a handbook in `language`, of the edition of that name."""
    of = authored(language)
    tell: Callable[[str], str] = simplified if language in DERIVED else str
    questions = Questions.on(handbook)
    cards = [_card(each, questions, of, edition, tell) for each in questions.all]
    return Bank(tell(handbook.title(of)), language, cards)


def _card(
    each: Question, questions: Questions, of: str, edition: str, tell: Callable[[str], str]
) -> Card:
    say = words(of)
    twins = [questions.duties[at] for at in each.duties]
    return Card(
        each.id,
        tell(questions.titles[each.role][of]),
        tell(each.text[of]),
        tuple(tell(option[of]) for option in each.options),
        LETTERS[each.right] if each.options else "",
        tell(each.answer[of]),
        tell(each.reason[of]) if each.reason else "",
        tell(say("sign.comma").join(f"{twin.number} {twin.name[of]}" for twin in twins)),
        edition,
        tell(say("quiz.choice" if each.options else "quiz.open")),
        tell(say("page.quiz.generated" if each.options else "page.quiz.written")),
    )


def write(handbook: Handbook, edition: Edition, folder: Path) -> None:
    """Write the files of every language into `folder`; none where there are no questions."""
    for language, tag in TAGS.items():
        made = bank(handbook, language, edition.label)
        if made.cards:
            say = _say(language)
            lines = [
                (say("quiz.title"), made.title),
                (say("quiz.edition"), edition.label),
                (say("quiz.columns"), say("quiz.columns.text")),
            ]
            about = About(edition.label, edition.date, lines)
            files = {
                downloads.questions("xlsx", tag): workbook([_sheet(made, tag)], about),
                downloads.questions("xml", tag): moodle(made),
                downloads.questions("apkg", tag): deck(made, edition),
            }
            for name, content in files.items():
                (folder / name).write_bytes(content)


def _sheet(made: Bank, tag: str) -> tuple[str, Table, str]:
    """The questions as a sheet: what it is called, its table, and its language."""
    say = _say(made.language)
    options = {f"option_{x}": say("quiz.option", letter=x) for x in LETTERS}
    widths = {"kind": 10, "text": 50, **dict.fromkeys(options, 26), "answer": 40, "reason": 40}
    widths |= {"duties": 26, "role": 18, "edition": 12, "origin": 14, "id": 26}
    titles = options | {"id": "ID"}
    columns = tuple(
        Column(key, {tag: titles.get(key) or say(f"quiz.{key}")}, {}, width, texts=key != "kind")
        for key, width in widths.items()
    )
    rows = [
        (
            card.kind,
            card.text,
            *(*card.options, *[""] * len(LETTERS))[: len(LETTERS)],
            card.right or card.answer,
            card.reason or card.duties,
            *(card.duties, card.role, card.edition, card.origin, card.id),
        )
        for card in made.cards
    ]
    title = say("quiz.sheet")
    return title, Table("questions", {tag: title}, columns, tuple(rows)), tag


def moodle(made: Bank) -> bytes:
    """The questions as Moodle imports them: a category a role, choices and essays in it."""
    quiz, role = ElementTree.Element("quiz"), ""
    for card in made.cards:
        if card.role != role:
            role, at = card.role, ElementTree.SubElement(quiz, "question", type="category")
            path = "/".join(part.replace("/", "//") for part in (made.title, role))
            _text(at, "category", f"$course$/top/{path}")
        question = "multichoice" if card.options else "essay"
        each = ElementTree.SubElement(quiz, "question", type=question)
        _text(each, "name", f"{card.id} {card.text}"[:200])
        _html(each, "questiontext", card.text)
        _html(each, "generalfeedback", *_lines(card))
        _plain(each, {"defaultgrade": "1", "penalty": "0", "hidden": "0", "idnumber": card.id})
        if card.options:
            _plain(each, {"single": "true", "shuffleanswers": "true", "answernumbering": "ABCD"})
            for letter, option in zip(LETTERS, card.options, strict=False):
                _html(each, "answer", option).set(
                    "fraction", "100" if letter == card.right else "0"
                )
        else:
            _plain(each, {"responseformat": "editor", "responserequired": "1"})
            _plain(each, {"responsefieldlines": "10", "attachments": "0"})
            _html(each, "graderinfo", *_lines(card))
        _text(ElementTree.SubElement(each, "tags"), "tag", card.origin)
    ElementTree.indent(quiz)
    return bytes(ElementTree.tostring(quiz, encoding="utf-8", xml_declaration=True)) + b"\n"


def _lines(card: Card) -> list[str]:
    """What is said after an answer."""
    answer = "" if card.options else card.answer
    return [line for line in (answer, card.reason, card.duties, card.edition) if line]


def _plain(parent: ElementTree.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    ElementTree.SubElement(made, "text").text = text
    return made


def _html(parent: ElementTree.Element, name: str, *lines: str) -> ElementTree.Element:
    made = _text(parent, name, "".join(f"<p>{html.escape(line)}</p>" for line in lines))
    made.set("format", "html")
    return made


def deck(made: Bank, edition: Edition) -> bytes:
    """The questions as a deck for Anki, with a deck below it for each role."""
    say = _say(made.language)
    names = ("text", "options", "answer", "reason", "duties", "edition")
    fields = [say(f"quiz.{name}") for name in names]
    notes = [
        anki_deck.Note(
            f"{TAGS[made.language]}/{card.id}",
            card.role,
            (
                html.escape(card.text),
                "<br>".join(
                    html.escape(f"{letter}. {option}")
                    for letter, option in zip(LETTERS, card.options, strict=False)
                ),
                html.escape(f"{card.right}. {card.answer}" if card.right else card.answer),
                html.escape(card.reason),
                html.escape(card.duties),
                html.escape(card.edition),
            ),
            "generated" if card.options else "written",
        )
        for card in made.cards
    ]
    return anki_deck.package(made.title, fields, notes, edition.date)


def _say(language: str) -> Callable[..., str]:
    """The catalogue in `language`."""
    say = words(authored(language))
    return (lambda *a, **v: simplified(say(*a, **v))) if language in DERIVED else say
