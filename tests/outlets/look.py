"""Changes each kind of content of the repository in the current folder, and sees where it arrives.

Prints, as JSON, the outlets that it arrives at, by kind. Leaves the repository with all changes, as
a change that was translated, so that it can be built.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from outlets.kinds import KINDS, ROLE, word_of
from outlets.slide_texts import slide_texts

from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED
from handbook.site.files.data_files import as_csv, as_json
from handbook.site.files.question_bank import bank
from handbook.site.files.slides import slides
from handbook.site.files.workbook import About, as_workbook
from handbook.site.print.downloads import downloads
from handbook.site.print.printing import Printing
from handbook.site.search.index import entries
from handbook.versions import baseline, recording
from handbook.versions.baseline import Agreement, agreement
from handbook.versions.editions import Edition, Snapshot, taken
from handbook.versions.prints import fragment
from handbook.versions.status import statuses
from handbook.views.currency import Prints
from handbook.views.side_by_side import side_by_side
from handbook.views.tables import Tables

DAY = date(2026, 11, 22)
EDITION = Edition("2026.11", DAY)
SLUG = ROLE.rpartition("/")[2]
TAGS = "zh-Hant", "zh-Hans", "en"
PAGES, MADE = ("parts", "about", "part"), ("matrix", "who-handles-what", "glossary")
"""The parts of printed files that are pages, and those that are made from the model."""


def told(before: Handbook, after: Handbook, agreed: Sequence[Agreement]) -> Iterator[str]:
    """Where it is said that something changed."""
    if any(each.kind != "agreed" for each in statuses(after, agreed)):
        yield "drift"
    if taken(after) != taken(before):
        yield "edition"
    snapshot = Snapshot(EDITION, taken(before))
    found = (Prints([snapshot], after, of).since(EDITION.name) for of in AUTHORED)
    pages = ((*since.roles, *since.pages) for since in found)
    if all(any(page.verdict != "current" for page in each) for each in pages):
        yield "currency of prints"
    # In a pack or in the book, whichever holds it.
    numbers = (
        [fragment(taken(each), [of], role) for role in (SLUG, None)]
        for of in AUTHORED
        for each in (before, after)
    )
    if all(old != new for old, new in zip(numbers, numbers, strict=False)):
        yield "numbers of prints"


def texts(handbook: Handbook, kinds: Iterable[str]) -> Iterator[tuple[str, str, list[str]]]:
    """What is published, by kind and outlet: a text for each language in which it is."""
    printing = Printing(handbook, EDITION, "")
    books = {each.name: each.book for each in downloads(printing)}
    for kind in kinds:
        parts = {name: _part(book, kind) for name, book in books.items()}
        yield kind, "book", [parts[f"handbook-{tag}.pdf"] for tag in TAGS]
        yield kind, "bilingual book", [parts["handbook-bilingual.pdf"]]
        packs = [f"role-{SLUG}-{tag}.pdf" for tag in (*TAGS, "bilingual")]
        yield kind, "pack", [parts[name] for name in packs]
        yield kind, "trainer's copy", [parts[f"trainer-{SLUG}-{tag}.pdf"] for tag in TAGS]
    banks = [bank(handbook, of, "") for of in (*AUTHORED, "zh-Hans")]
    answers = ["".join(card.answer for card in each.cards if not card.right) for each in banks]
    yield "exercise", "question bank", answers
    decks = [slides(printing, of, SLUG) for of in (*AUTHORED, "zh-Hans")]
    said = ["\n".join(slide_texts(deck)) for deck in decks]
    yield from ((kind, "slides", said) for kind in kinds)
    columns = side_by_side(handbook, "zh", SLUG)
    others = {
        "search": ["\n".join(_found(handbook, of)) for of in AUTHORED],
        "side by side": [str((each.intro, each.duties, each.abilities)) for each in columns],
        "CSV": _columns(as_csv(Tables(handbook), About("", DAY)).decode().splitlines()),
        "JSON": _columns(map(str, as_json(Tables(handbook), About("", DAY)).values())),
        "workbook": _columns(_cells(as_workbook(Tables(handbook), About("", DAY)))),
    }
    yield from ((kind, outlet, each) for kind in kinds for outlet, each in others.items())


def _part(book: Mapping[str, Any], kind: str) -> str:
    """The part of a printed file that is about a kind; the same words may stand in others too."""
    own = {"exercise": ("cases",), "definition": MADE, "topic": MADE}.get(kind, PAGES)
    return str(
        [each[part] for each in (book, *book.get("sides", ())) for part in own if part in each]
    )


def _found(handbook: Handbook, language: str) -> Iterator[str]:
    for entry in entries(handbook, language):
        yield from (entry.title, *entry.pieces)


def _columns(parts: Iterable[str]) -> list[str]:
    """The words that stand in data as often as there are languages, at the least."""
    whole = "\n".join(parts)
    words = (word_of(kind) for kind in KINDS)
    return ["\n".join(word for word in words if whole.casefold().count(word.casefold()) >= 3)]


def _cells(workbook: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(workbook)):
        yield from (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def look(root: Path) -> dict[str, list[str]]:
    """Change one kind after the other from the same start, then all; see what becomes of each."""
    before = load(root)
    agreed = [agreement(each.role, each.part, each.sections) for each in statuses(before, ())]
    files = {path: path.read_bytes() for path in (root / "docs").rglob("*.[my]*") if path.is_file()}
    found = {}
    for kind, edit in KINDS.items():
        edit(root, word_of(kind))
        found[kind] = [*told(before, load(root), agreed)]
        for path, raw in files.items():
            path.write_bytes(raw)
    for kind, edit in KINDS.items():
        edit(root, word_of(kind))
    after = load(root)
    (root / baseline.FILE).write_text(recording.record(after, agreed, DAY).text, "utf-8")
    for kind, outlet, made in texts(after, [*KINDS]):
        if all(word_of(kind).casefold() in text.casefold() for text in made):
            found[kind].append(outlet)
    return found


if __name__ == "__main__":
    json.dump(look(Path.cwd()), sys.stdout)
