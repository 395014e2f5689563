"""Editions: names such as `2026.11`, under which the handbook is printed and handed out.

An edition is a file, `docs/editions/2026.11.tsv`: its day, and every part of the handbook as it
then was, by its name and fingerprint in each language. So a print can be compared with the pages of
today without any history of theirs. `python -m handbook edition 2026.12` writes one. The first ones
kept the sections of the roles only: of what else they held, nothing is known.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.base import days, git
from handbook.base.file_models import PART
from handbook.base.limits import LARGEST_RECORD, LONGEST_ADDRESS, start_of
from handbook.pages.loader import DOCS, load
from handbook.pages.schema import AUTHORED
from handbook.versions.baseline import UNSEEN
from handbook.versions.parts import family, roles_of, sections

if TYPE_CHECKING:
    from handbook.pages.model import Handbook

FOLDER = "docs/editions"
NAME = re.compile(r"20\d{2}\.(?:0[1-9]|1[0-2])(?:\.[1-9]\d?)?", re.ASCII)
"""Year and month; a third number for a further edition of that month."""

ADDRESSES = "e"
"""Where the site says whether a print is still current: `e/2026.11/marketing/`. Printed: fixed."""

MISSING = "-"
"""Instead of a fingerprint: the section is not there in that language."""

_HEAD = '# {name}, {date}: all parts as they were, written by "handbook edition {name}"'
_DAY = re.compile(r"# [\d.]+, (20\d{2}-\d{2}-\d{2}):(?P<whole> all parts)?.*")
_COLUMNS = ("role", "part", *(f"name-{of}" for of in AUTHORED), *AUTHORED)
_FINGERPRINT = re.compile(r"[0-9a-f]{12}|-")
_ROLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition's name and day, and the commit it was built from ("" if that is unknown).

    `revised`: whether the pages say something else by now than the edition of that name does.
    """

    name: str
    date: datetime.date
    commit: str = ""
    revised: bool = False

    @property
    def label(self) -> str:
        """As readers see it: `2026.11`, or `2026.11+` with what was changed since."""
        return f"{self.name}+" if self.revised else self.name


@dataclass(frozen=True, slots=True)
class Kept:
    """What an edition keeps of a section: its name and its fingerprint, by language."""

    names: Mapping[str, str]
    fingerprints: Mapping[str, str]


Sections = Mapping[tuple[str, str], Kept]
"""The parts of an edition, by address (`("marketing", "duty-3-2")`, see `parts`)."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An edition with its parts.

    `whole`: whether it keeps all of them; else of what is no section of a role nothing is known.
    """

    edition: Edition
    kept: Sections
    whole: bool = True

    @property
    def roles(self) -> list[str]:
        """The names of its roles' pages."""
        return roles_of(self.kept)

    def knows(self, part: str) -> bool:
        """Whether it tells if there was such a part, and how it read."""
        return self.whole or family(part) == "role"

    def differs(self, now: Sections) -> bool:
        """Whether the handbook says something else by now, as far as the edition tells."""
        return self.kept != {at: each for at, each in now.items() if self.knows(at[1])}


class SnapshotError(Exception):
    """A file that is no edition; `line` and `found` say where it goes wrong."""

    def __init__(self, line: int, found: str) -> None:
        self.line, self.found = line, found.replace("\t", " ") or "(empty)"
        super().__init__(f"line {line}: {self.found}")


def current(root: Path) -> Edition:
    """The newest edition; if the handbook says something else by now, with the day of that.

    As long as it says the same, its day is that of the edition, whatever is committed besides: then
    its prints are the same too. Else it is that of SOURCE_DATE_EPOCH, else of the last commit that
    changed what is in `docs/`, else of the edition: the same bytes give the same day. The name is
    "" as long as there is no edition.
    """
    newest = next(iter(snapshots(root)), None)
    if newest and not newest.differs(taken(load(root))):
        return newest.edition
    last = git.last_in(root, DOCS)
    made = last[1] if last else newest.edition.date if newest else None
    return Edition(
        newest.edition.name if newest else "",
        days.given() or made or days.today(),
        last[0] if last else "",
        revised=newest is not None,
    )


def currency_url(edition: Edition, role: str | None, language: str) -> str:
    """Where the site says what changed since, from its root, such as `en/e/2026.11/marketing/`.

    Args:
        edition: the edition of the print.
        role: the name of the role's page; None for the whole handbook.
        language: the language of the site, "zh", "zh-Hans" or "en".
    """
    return f"{folder_of(language)}{currency_key(edition.name, role)}/"


def folder_of(language: str) -> str:
    """Where the pages of a language stand, from the site's root: "" or such as `en/`."""
    return "" if language == AUTHORED[0] else f"{language}/"


def currency_key(name: str, role: str | None = None) -> str:
    """The same as a page's key, in every language: `e/2026.11/marketing`."""
    return "/".join(filter(None, (ADDRESSES, name, role)))


def snapshots(root: Path) -> tuple[Snapshot, ...]:
    """Every edition with its sections, newest first; files that are none are left out."""
    found = []
    for path in (root / FOLDER).glob("*.tsv"):
        try:
            found.append(read(path))
        except (SnapshotError, OSError):
            continue  # which is for the rules to say
    return tuple(sorted(found, key=lambda each: order(each.edition.name), reverse=True))


def order(name: str) -> tuple[int, ...]:
    """What editions are ordered by: 2026.11 comes before 2026.11.1, and that before 2026.12."""
    return tuple(int(number) for number in name.split("."))


def taken(handbook: Handbook) -> Sections:
    """The parts of `handbook` as an edition keeps them."""
    return {
        at: Kept(
            {of: " ".join(own[of].name.split()) if of in own else "" for of in AUTHORED},
            {of: own[of].fingerprint if of in own else MISSING for of in AUTHORED},
        )
        for at, own in sections(handbook).items()
    }


def written(name: str, date: datetime.date, kept: Sections) -> str:
    """The text of the edition's file: one line a part, in an order that merges well."""
    lines = [_HEAD.format(name=name, date=date.isoformat()), "\t".join(_COLUMNS)]
    for (role, part), section in sorted(kept.items()):
        texts = *section.names.values(), *section.fingerprints.values()
        lines.append("\t".join((role, part, *texts)))
    return "\n".join(lines) + "\n"


def read(path: Path) -> Snapshot:
    """The edition in the file `path`.

    Raises:
        SnapshotError: if it is none.
        OSError: if the file cannot be read.
    """
    if not NAME.fullmatch(path.stem):
        raise SnapshotError(1, path.name)
    raw = start_of(path, LARGEST_RECORD)
    if len(raw) > LARGEST_RECORD:
        raise SnapshotError(1, f"> {LARGEST_RECORD:,} bytes")
    try:
        lines = raw.decode().splitlines()
    except UnicodeError as error:
        raise SnapshotError(1, "no UTF-8") from error
    day = _DAY.fullmatch(lines[0]) if lines else None
    try:
        date = datetime.date.fromisoformat(day[1] if day else "")
    except ValueError as error:
        raise SnapshotError(1, lines[0] if lines else "") from error
    if lines[1:2] != ["\t".join(_COLUMNS)]:
        raise SnapshotError(2, "".join(lines[1:2]))
    kept: dict[tuple[str, str], Kept] = {}
    for number, line in enumerate(lines[2:], start=3):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS) or not _is_section(*cells) or UNSEEN.search("".join(cells)):
            raise SnapshotError(number, line)
        kept[cells[0], cells[1]] = Kept(
            dict(zip(AUTHORED, cells[2:4], strict=True)),
            dict(zip(AUTHORED, cells[4:6], strict=True)),
        )
    return Snapshot(Edition(path.stem, date), kept, whole=bool(day and day["whole"]))


def _is_section(role: str, part: str, *cells: str) -> bool:
    """Whether a line names a part; the name of its page becomes part of an address."""
    named = _ROLE.fullmatch(role) and len(role) <= LONGEST_ADDRESS and re.fullmatch(PART, part)
    return bool(named) and all(map(_FINGERPRINT.fullmatch, cells[-2:]))
