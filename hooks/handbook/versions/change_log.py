"""Reads the change log, `docs/{zh,en}/changes.md`: which edition changed what, and how gravely.

    ## 2026.12 { #edition-2026-12 }
    ### 市場推廣 { #edition-2026-12-marketing }
    - **含義有變**：3.2 廣告投放與渠道管理：預算改由崗位自行分配

Below `{ #unreleased }` stands what will be in the next edition. Roles are the headings, and other
pages whose parts editions keep: `glossary`, whose terms are named by their names. An item that
names no part speaks of the whole role or page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from handbook.base.words import both
from handbook.versions.changes import EXERCISE, KINDS, PARTS, Kind
from handbook.versions.editions import NAME
from handbook.versions.parts import family

if TYPE_CHECKING:
    from handbook.pages.model import Heading, Page, Passage

KEY = "changes"
"""The page of the change log."""

UNRELEASED = "unreleased"

_BOLD = re.compile(r"\s*(?:<p>)?\s*<strong>(.*?)</strong>", re.DOTALL)
_AFTER_LABEL = " :："
_NUMBER = re.compile(r"(\d+)\.(\d+)(?![.\d])")
_EXERCISE = re.compile(rf"(?i:{'|'.join(EXERCISE.values())}) ([a-z0-9-]+)")
_BETWEEN = re.compile(r"[、,，;；/]|\b{en}\b|\s{zh}\s".format(**both("log.and")))


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the log: the parts it names (none: the whole page), their class, its words.

    `names` are what stands before the words instead: a term, a section of the overview. `kind` is
    None if the item does not begin with the name of a class; `found` is what it begins with
    instead. `said` is what it says of the parts, `behind` what stands behind any name.
    """

    role: str
    parts: tuple[str, ...]
    kind: Kind | None
    found: str
    said: str
    line: int
    behind: str = ""
    names: frozenset[str] = frozenset()

    def tells_of(self, part: str, name: str) -> bool:
        """Whether it names the part that is called `name`."""
        return part in self.parts or (family(part) != "role" and name.casefold() in self.names)

    def said_of(self, part: str, name: str) -> str:
        """What it says of the part."""
        return self.behind if self.tells_of(part, name) else self.said


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log says of one edition; `name` is "" for what is in none yet."""

    name: str
    heading: Heading
    items: tuple[Item, ...]

    def about(self, role: str, part: str, name: str) -> tuple[Item, ...]:
        """The items that speak of a part: those that name it, else those of the whole page."""
        own = [item for item in self.items if item.role == role]
        named = [item for item in own if item.tells_of(part, name)]
        of_role = family(part) == "role"
        whole = (item for item in own if not item.parts and (of_role or not item.names))
        return tuple(named or whole)


def anchor(name: str, role: str = "") -> str:
    """The anchor of an edition's entry, or of a role within it: `edition-2026-12-marketing`."""
    edition = f"edition-{name.replace('.', '-')}" if name else UNRELEASED
    return f"{edition}-{role}" if role else edition


def entries(page: Page) -> tuple[Entry, ...]:
    """The entries of a change log in their order, whatever else stands on the page."""
    found: list[Entry] = []
    heading: Heading | None = None
    items: list[Item] = []
    name = role = ""
    for block in (*page.blocks, None):
        if block is None or (block.heading and block.heading.level <= 2):
            if heading:
                found.append(Entry(name, heading, tuple(items)))
            heading, items, role = None, [], ""
            if block and block.heading and (named := _edition(block.heading)) is not None:
                name, heading = named, block.heading
        elif heading and block.heading:
            if block.heading.level == 3:
                edition, _, role = block.heading.anchor.partition(f"{heading.anchor}-")
                role = "" if edition else role
        elif heading and role:
            items += [_item(passage, role, page.language) for passage in block.items]
    return tuple(found)


def _edition(heading: Heading) -> str | None:
    """The edition that a heading names; "" for none yet, None if it is another heading."""
    if heading.anchor == UNRELEASED:
        return ""
    name = heading.anchor.removeprefix("edition-").replace("-", ".")
    if heading.anchor.startswith("edition-") and NAME.fullmatch(name):
        return name
    return heading.text if NAME.fullmatch(heading.text) else None


def _item(passage: Passage, role: str, language: str) -> Item:
    bold = _BOLD.match(passage.html)
    words = " ".join(unescape(re.sub(r"<[^>]*>", "", bold[1])).split()) if bold else ""
    text = passage.text.removeprefix(words).lstrip(_AFTER_LABEL)
    found = words.rstrip(_AFTER_LABEL)
    kind = next((kind for kind, names in KINDS.items() if _same(found, names[language])), None)
    named, *said = re.split("[:：]", text, maxsplit=1)
    if said and not bold and any(_same(named.strip(), each[language]) for each in KINDS.values()):
        rest = said[0].strip()  # a kind that is not bold: what to type has it once
        return Item(role, (), None, named.strip(), rest, passage.line, rest, frozenset())
    parts = tuple(_parts(named))
    behind = "".join(said).strip() if kind else text
    names = frozenset(map(str.casefold, (named.strip(), *_pieces(named)))) if said else frozenset()
    return Item(
        role,
        parts,
        kind,
        found or text,
        behind if parts else text,
        passage.line,
        behind,
        names if kind and not parts else frozenset(),
    )


def _parts(named: str) -> Iterator[str]:
    """The sections that are named, as in `3.1 …、3.4 …、簡介`."""
    for words in _pieces(named):
        if number := _NUMBER.match(words):
            yield f"duty-{number[1]}-{number[2]}"
        if exercise := _EXERCISE.fullmatch(words):
            yield f"exercise-{exercise[1]}"
        for part, names in PARTS.items():
            if any(_same(words, name) for name in names.values()):
                yield part


def _pieces(named: str) -> Iterator[str]:
    return (piece.strip() for piece in _BETWEEN.split(named))


def _same(words: str, name: str) -> bool:
    return words.casefold() == name.casefold()
