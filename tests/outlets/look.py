"""Changes each kind of content of the repository in the current folder, and sees where it arrives.

Prints, as JSON, the outlets that it arrives at, by kind. Leaves the repository with all changes, as
a change that was translated, so that it can be built.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from outlets.kinds import KINDS, ROLE, word_of

from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED
from handbook.site.data_files import About, as_csv, as_workbook
from handbook.site.print.downloads import downloads
from handbook.site.print.printing import Printing
from handbook.site.search_index import entries
from handbook.versions import agreements, recording
from handbook.versions.agreements import Agreement, agreement
from handbook.versions.editions import Edition, Snapshot, taken
from handbook.versions.standings import standings
from handbook.views.currency import since
from handbook.views.side_by_side import side_by_side
from handbook.views.tables import Tables

DAY = date(2026, 11, 22)
EDITION = Edition("2026.11", DAY)
SLUG = ROLE.rpartition("/")[2]
TAGS = "zh-Hant", "zh-Hans", "en"


def told(before: Handbook, after: Handbook, agreed: Sequence[Agreement]) -> Iterator[str]:
    """Where it is said that something changed."""
    if any(each.kind != "agreed" for each in standings(after, agreed)):
        yield "drift"
    if taken(after) != taken(before):
        yield "edition"
    snapshot = Snapshot(EDITION, taken(before))
    known = (since([snapshot], EDITION.name, after, of).verdict for of in AUTHORED)
    if all(verdict != "current" for verdict in known):
        yield "currency of prints"


def texts(handbook: Handbook) -> dict[str, list[str]]:
    """What is published, by outlet: as many texts as there are languages in which it is."""
    printing = Printing(handbook, EDITION, "", lambda _: "", lambda *_: "")
    books = {each.name: str(each.book) for each in downloads(printing)}
    return {
        "search": ["\n".join(_found(handbook, of)) for of in AUTHORED],
        "side by side": [
            str((column.intro, column.duties, column.abilities))
            for column in side_by_side(handbook, "zh", SLUG)
        ],
        "book": [books[f"handbook-{tag}.pdf"] for tag in TAGS],
        "bilingual book": [books["handbook-bilingual.pdf"]],
        "pack": [books[f"role-{SLUG}-{tag}.pdf"] for tag in TAGS],
        "CSV": _columns(as_csv(Tables(handbook), About("", DAY)).decode().splitlines()),
        "workbook": _columns(_cells(as_workbook(Tables(handbook), About("", DAY)))),
    }


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
    agreed = [agreement(each.role, each.part, each.sections) for each in standings(before, ())]
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
    (root / agreements.FILE).write_text(recording.record(after, agreed, DAY).text, "utf-8")
    for outlet, made in texts(after).items():
        for kind in KINDS:
            if all(word_of(kind).casefold() in text.casefold() for text in made):
                found[kind].append(outlet)
    return found


if __name__ == "__main__":
    json.dump(look(Path.cwd()), sys.stdout)
