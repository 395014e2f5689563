"""Reads the change log, `docs/{zh,en}/changes.md`: which edition changed what, and how gravely.

    ## 2026.12 { #edition-2026-12 }
    ### 市場推廣 { #edition-2026-12-marketing }
    - **含義有變**：3.2 廣告投放與渠道管理：預算改由崗位自行分配

Below `{ #unreleased }` stands what will be in the next edition. An item that names no section
speaks of the whole role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.changes import KINDS, PARTS, Kind
from handbook.editions import NAME

if TYPE_CHECKING:
    from handbook.model import Block, Heading, Page, Passage

KEY = "changes"
"""The page of the change log."""

UNRELEASED = "unreleased"

_GRAVEST_FIRST = tuple(KINDS)
_LABEL = re.compile(r"\s*(?:<p>)?\s*<strong>(.*?)</strong>\s*(?:[:：]|$)", re.DOTALL)
_NUMBER = re.compile(r"(\d+)\.(\d+)(?![.\d])")
_BETWEEN = re.compile(r"[、,，;；/]|\band\b|\s和\s")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the log: the sections it names (none: the whole role), their class, its words.

    `kind` is None if the item does not begin with the name of a class; `found` is what it begins
    with instead. `html` is what it says behind that name.
    """

    role: str
    parts: tuple[str, ...]
    kind: Kind | None
    found: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log says of one edition; `name` is "" for what is in none yet."""

    name: str
    heading: Heading
    items: tuple[Item, ...]

    def about(self, role: str, part: str) -> tuple[Item, ...]:
        """The items with a class that speak of a section, the gravest first."""
        items = [
            item
            for item in self.items
            if item.kind and item.role == role and (part in item.parts or not item.parts)
        ]
        # What names the section says more of it than what speaks of the whole role.
        named = [item for item in items if item.parts] or items
        return tuple(sorted(named, key=lambda item: _GRAVEST_FIRST.index(item.kind or "wording")))


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
                role = block.heading.anchor.removeprefix(f"{heading.anchor}-")
        elif heading and role:
            items += _items(block, role, page.language)
    return tuple(found)


def _edition(heading: Heading) -> str | None:
    """The edition that a heading names; "" for none yet, None if it is another heading."""
    if heading.anchor == UNRELEASED:
        return ""
    name = heading.anchor.removeprefix("edition-").replace("-", ".")
    if heading.anchor.startswith("edition-") and NAME.fullmatch(name):
        return name
    return heading.text if NAME.fullmatch(heading.text) else None


def _items(block: Block, role: str, language: str) -> Iterator[Item]:
    for passage in block.items:
        yield _item(passage, role, language)


def _item(passage: Passage, role: str, language: str) -> Item:
    match = _LABEL.match(passage.html)
    words = " ".join(re.sub(r"<[^>]*>", "", match[1]).split()).rstrip(":：") if match else ""
    kind = next((kind for kind, names in KINDS.items() if words == names[language]), None)
    html = passage.html[match.end() :] if match else passage.html
    text = re.split("[:：]", passage.text, maxsplit=1)[-1]
    return Item(
        role,
        tuple(_parts(text, language)),
        kind,
        words or passage.text,
        html.strip().removesuffix("</p>").strip(),
        passage.line,
    )


def _parts(text: str, language: str) -> Iterator[str]:
    """The sections that are named before the next colon: `3.1 …、3.4 …、簡介：why`."""
    for piece in _BETWEEN.split(re.split("[:：]", text, maxsplit=1)[0]):
        words = piece.strip()
        if number := _NUMBER.match(words):
            yield f"duty-{number[1]}-{number[2]}"
        for part, names in PARTS.items():
            if words.casefold() == names[language].casefold():
                yield part
